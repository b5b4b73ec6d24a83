import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { SignInForm } from "@/components/door/sign-in-form";
import { loopback, readSession } from "@/components/loopback";
import { href, safeNext } from "@/lib/href";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("door"))("signIn.title") };
}

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const { next } = await searchParams;
  const target = typeof next === "string" ? next : null;
  if (await readSession()) redirect(safeNext(target));
  const { queryClient, trpc } = await loopback();
  const status = await queryClient.fetchQuery(trpc.setup.status.queryOptions()).catch(() => null);
  if (status?.isSetUp === false) redirect(href.setup());
  return <SignInForm next={target} />;
}
