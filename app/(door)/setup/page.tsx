import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { SetupForm } from "@/components/door/setup-form";
import { loopback } from "@/components/loopback";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("door"))("setup.title") };
}

/** Gone for ever once there is an owner. */
export default async function SetupPage() {
  const { queryClient, trpc } = await loopback();
  const status = await queryClient.fetchQuery(trpc.setup.status.queryOptions()).catch(() => null);
  if (status?.isSetUp) notFound();
  return <SetupForm />;
}
