import { ColorSchemeScript, mantineHtmlProps } from "@mantine/core";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import { getLocale, getMessages, getNow, getTimeZone, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { keepEarlyInput } from "@/components/early-input";
import { Providers } from "@/components/providers";
import { Words } from "@/components/words";
import "./mantine.css";
import "./global.css";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("app");
  return {
    title: { template: `%s · ${t("name")}`, default: t("name") },
    description: t("description"),
    robots: { index: false, follow: false },
  };
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f7f6f3" },
    { media: "(prefers-color-scheme: dark)", color: "#131312" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, messages, timeZone, now, head] = await Promise.all([
    getLocale(),
    getMessages(),
    getTimeZone(),
    getNow(),
    headers(),
  ]);
  const nonce = head.get("x-nonce") ?? "";
  return (
    <html lang={locale} {...mantineHtmlProps}>
      <head>
        <ColorSchemeScript defaultColorScheme="auto" nonce={nonce} />
        <script nonce={nonce} suppressHydrationWarning>
          {keepEarlyInput}
        </script>
      </head>
      <body>
        <Words locale={locale} timeZone={timeZone} now={now} catalogue={JSON.stringify(messages)}>
          <Providers nonce={nonce}>{children}</Providers>
        </Words>
      </body>
    </html>
  );
}
