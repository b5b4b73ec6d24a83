"use client";

import { IconBolt, IconPlugConnected, IconUserCheck } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Bot } from "../api";
import { ClockTime, RelativeTime } from "../relative-time";
import { Tone, type ToneIcon, type ToneName } from "../tone";
import classes from "./truths.module.css";

const icons = { connected: IconPlugConnected, online: IconUserCheck, able: IconBolt } as const;
const names = ["connected", "online", "able"] as const;
export type TruthName = (typeof names)[number];

function answerOf(is: boolean | null): "yes" | "no" | "unknown" {
  return is === null ? "unknown" : is ? "yes" : "no";
}

const tones: Record<"yes" | "no" | "unknown", ToneName> = { yes: "good", no: "bad", unknown: "calm" };

/** What is true of a disabled bot is history: drawn calmly, whatever it was. */
function toneOf(bot: Bot, name: TruthName): ToneName {
  return bot.isEnabled ? tones[answerOf(bot.truths[name].is)] : "calm";
}

/** The three truths of a bot in one line, for the list. */
export function TruthLine({ bot }: { bot: Bot }) {
  const t = useTranslations("bots");
  return (
    <span className={classes.line}>
      {names.map((name) => (
        <Tone
          key={name}
          tone={toneOf(bot, name)}
          icon={icons[name] satisfies ToneIcon}
          explanation={t(`truth.${name}.explanation`)}
        >
          {t(`truth.${name}.${answerOf(bot.truths[name].is)}`)}
        </Tone>
      ))}
    </span>
  );
}

/** The three truths, each with since when: a connected socket is not an online account, and neither means it can act. */
export function TruthCards({ bot }: { bot: Bot }) {
  const t = useTranslations("bots");
  const { lastActAt, latencyMs } = bot.truths.able;
  const extra: Partial<Record<TruthName, ReactNode>> = {
    able: lastActAt && (
      <>
        {t.rich("truth.lastAct", { time: () => <RelativeTime at={lastActAt} /> })}
        {latencyMs !== null && ` · ${t("truth.latency", { ms: latencyMs })}`}
      </>
    ),
    connected: bot.lastEventAt && t.rich("truth.lastEvent", { time: () => lastEvent(bot.lastEventAt) }),
  };
  return (
    <div className={classes.cards}>
      {names.map((name) => {
        const Icon = icons[name];
        const { since } = bot.truths[name];
        return (
          <div key={name} className={classes.card}>
            <div className={classes.head}>
              <Icon size={16} stroke={1.7} aria-hidden="true" />
              <h3 className={classes.title}>{t(`truth.${name}.title`)}</h3>
            </div>
            <div className={classes.answer} data-tone={toneOf(bot, name)}>
              {t(`truth.${name}.${answerOf(bot.truths[name].is)}`)}
            </div>
            <p className={classes.since}>
              {since ? t.rich("truth.since", { time: () => <ClockTime at={since} /> }) : t("truth.never")}
            </p>
            <p className={classes.since}>{extra[name]}</p>
            <p className={classes.explanation}>{t(`truth.${name}.explanation`)}</p>
          </div>
        );
      })}
    </div>
  );
}

function lastEvent(at: Date | null): ReactNode {
  return at && <RelativeTime at={at} />;
}
