import { notFound, redirect } from "next/navigation";
import { enter, loopback, orNowhere } from "@/components/loopback";
import { href } from "@/lib/href";

interface Props {
  params: Promise<{ bot: string; to: string; peer: string }>;
}

const kinds = ["person", "group"] as const;

/** The address of a conversation by whom it is with: leads on to it by the desk's own id. */
export default async function ChatPage({ params }: Props) {
  const { bot, to: named, peer } = await params;
  const to = kinds.find((kind) => kind === named);
  const [botId, peerId] = [decodeURIComponent(bot), decodeURIComponent(peer)];
  if (!to) notFound();
  await enter(href.chat(botId, to, peerId));
  const { client } = await loopback();
  const found = client.chats.find.query({ botId, to, peerId });
  await orNowhere(found);
  redirect(href.chats({ open: (await found).id }));
}
