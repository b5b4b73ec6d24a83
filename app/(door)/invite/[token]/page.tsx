import { HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { InviteForm } from "@/components/door/invite-form";
import { hydratable, loopback } from "@/components/loopback";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("door"))("invite.title") };
}

export default async function InvitePage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const { queryClient, trpc } = await loopback();
  await queryClient.prefetchQuery(trpc.invite.preview.queryOptions({ token }));
  return (
    <HydrationBoundary state={hydratable(queryClient)}>
      <InviteForm token={token} />
    </HydrationBoundary>
  );
}
