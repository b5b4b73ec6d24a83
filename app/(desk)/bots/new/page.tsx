import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AddBot } from "@/components/bots/add-bot";
import { enter } from "@/components/loopback";
import { href } from "@/lib/href";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("bots"))("new.title") };
}

export default async function NewBotPage() {
  await enter(href.newBot());
  return <AddBot />;
}
