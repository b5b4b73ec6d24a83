"use client";

import { useTranslations } from "next-intl";
import { changeable, type GroupField } from "@/lib/group";
import { Section } from "../page";
import classes from "./groups.module.css";
import { JoinRuleSetting } from "./join-rule-setting";
import { MuteSetting } from "./mute-setting";
import { PictureSetting } from "./picture-setting";
import type { GroupPartProps } from "./summary";
import { SwitchSetting } from "./switch-setting";
import { TextSetting } from "./text-setting";

/** What a plain member may not set: the remark alone is the account's own. */
const forManagers: readonly GroupField[] = ["name", "intro", "avatar"];

/** The settings that the bot's platform has and the operator may change, each saved by itself. */
export function Settings({ group, detail: { may }, support }: GroupPartProps) {
  const t = useTranslations("groups.settings");
  const runsIt = group.ownRole !== "member";
  const fields = changeable[group.bot.platform].filter(
    (field) => may.manage && support("groups.update") === "on" && (runsIt || !forManagers.includes(field)),
  );
  const has = (name: "groups.joinRule" | "groups.findable" | "groups.robots") =>
    may.manage && runsIt && support(name) === "on";
  const canMute = may.mute && runsIt && support("groups.muteAll") === "on";
  const shown =
    fields.length > 0 || canMute || has("groups.joinRule") || has("groups.findable") || has("groups.robots");
  const isKnown = support("groups.update") !== "unknown";
  if (!isKnown) return null;
  return (
    <Section title={t("title")}>
      {!shown && <p className={classes.note}>{may.manage || may.mute ? t("none") : t("forbidden")}</p>}
      <div className={classes.settings}>
        {fields.includes("name") && <TextSetting group={group} field="name" />}
        {fields.includes("remark") && <TextSetting group={group} field="remark" />}
        {fields.includes("intro") && <TextSetting group={group} field="intro" />}
        {fields.includes("avatar") && <PictureSetting group={group} />}
        {canMute && <MuteSetting group={group} />}
        {has("groups.joinRule") && <JoinRuleSetting group={group} />}
        {has("groups.findable") && <SwitchSetting group={group} name="findable" />}
        {has("groups.robots") && <SwitchSetting group={group} name="robots" />}
      </div>
    </Section>
  );
}
