"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { BotDetail } from "../api";
import { Fold } from "../page";

const ProfileBody = dynamic(() => import("./profile-body").then((part) => part.ProfileBody), { ssr: false });

/** What others see of the account. The platform is asked when it is opened, and not before. */
export function Profile({ bot }: { bot: BotDetail }) {
  const t = useTranslations("bots.profile");
  const [wasOpened, setOpened] = useState(false);
  if (!bot.supports.some(({ capability, is }) => capability === "profile.get" && is === "on")) return null;
  return (
    <Fold title={t("title")} description={t("text")} isOpen={false} onOpen={() => setOpened(true)}>
      {wasOpened && <ProfileBody bot={bot} />}
    </Fold>
  );
}
