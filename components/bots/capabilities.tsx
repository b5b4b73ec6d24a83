"use client";

import { IconCheck, IconMinus, IconPlugOff, IconToggleLeft } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { href } from "@/lib/href";
import type { BotDetail } from "../api";
import Link from "../link";
import { useNames } from "../names";
import { Section } from "../page";
import classes from "./capabilities.module.css";

type Support = BotDetail["supports"][number];

/** What belongs together on the page, by the nouns of the capabilities. */
const areas = {
  account: ["profile", "presence", "clients"],
  people: ["friends", "people", "categories"],
  requests: ["requests"],
  groups: ["groups"],
  members: ["members"],
  messages: ["conversations", "messages"],
  notices: ["notices", "essence"],
  files: ["files", "folders"],
} as const;

// Object.entries forgets the literal keys; the table above is the only source of them.
const areaEntries = Object.entries(areas) as [keyof typeof areas, readonly string[]][];

/** What this bot's platform can do, what it could once more is switched on, and what it cannot: told by the server from the code that does it. */
export function Capabilities({ bot }: { bot: BotDetail }) {
  const t = useTranslations("bots");
  return (
    <Section title={t("capabilities")} description={t("capabilitiesText")}>
      <div className={classes.areas}>
        {areaEntries.map(([area, nouns]) => {
          const supports = bot.supports.filter(({ capability }) => nouns.includes(capability.split(".")[0] ?? ""));
          const has = supports.filter(({ is }) => is === "on").length;
          return (
            <section key={area} aria-label={t(`area.${area}`)}>
              <h3 className={classes.area}>
                {t(`area.${area}`)}
                <span className={classes.count}>{t("areaCount", { has, all: supports.length })}</span>
              </h3>
              <ul className={classes.list}>
                {supports.map((support) => (
                  <Item key={support.capability} bot={bot} support={support} />
                ))}
              </ul>
            </section>
          );
        })}
      </div>
    </Section>
  );
}

const icons = { on: IconCheck, off: IconToggleLeft, unreached: IconPlugOff, none: IconMinus } as const;

function Item({ bot, support }: { bot: BotDetail; support: Support }) {
  const t = useTranslations("bots");
  const list = useNames();
  const common = useTranslations("common");
  const { capability, is, waitsFor } = support;
  const Icon = icons[is];
  return (
    <li className={classes.item} data-is={is}>
      <Icon size={15} stroke={2} aria-hidden="true" />
      <span>
        {t(`capability.${capability}`)}
        {is === "none" && <span className={classes.no}>{common("notAvailable")}</span>}
        {is === "unreached" && <span className={classes.no}>{t("unreached", { platform: bot.platform })}</span>}
        {is === "off" && (
          <Link className={classes.no} href={href.console({ bot: bot.id, op: waitsFor[0] ?? null })}>
            {t("waitsFor", { operations: list(waitsFor) })}
          </Link>
        )}
      </span>
    </li>
  );
}
