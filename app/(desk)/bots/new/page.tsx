import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AddBot } from "@/components/bots/add-bot";
import { enter } from "@/components/loopback";
import { href } from "@/lib/href";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("bots"))("new.title") };
}

export default async function NewBotPage() {
  const { session } = await enter(href.newBot());
  if (session && !session.permissions.desk.includes("bots.manage")) notFound();
  return <AddBot />;
}
