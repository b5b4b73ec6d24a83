"use client";

import { IconNote, IconUserX } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { href } from "@/lib/href";
import { type Verb, verbs } from "@/lib/request";
import type { RequestDetail } from "../api";
import { useFailureText } from "../failure";
import { isErrorCode } from "../failure-shape";
import { RelativeTime } from "../relative-time";
import { useSentenceGap } from "../sentence-gap";
import detail from "./detail.module.css";
import { openRequest, useNarrowing } from "./filter";
import classes from "./history.module.css";
import { Kind } from "./kind";
import { StateTone } from "./state-tone";

type Past = RequestDetail["history"][number];

/** What the same person asked before, on every bot the operator may see: who decided what, where, why, and how it went. */
export function History({ request }: { request: RequestDetail }) {
  const t = useTranslations("requests");
  const { query } = useNarrowing();
  return (
    <section className={detail.section} aria-label={t("history")}>
      <h3 className={detail.sectionTitle}>{t("history")}</h3>
      {request.history.length === 0 ? (
        <p className={classes.none}>{t("historyNone")}</p>
      ) : (
        <ul className={classes.list}>
          {request.history.map((past) => (
            <li key={past.requestId}>
              <PastRequest
                past={past}
                to={href.requests({ ...query, open: past.requestId })}
                onOpen={() => openRequest(past.requestId)}
              />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** One earlier request: what, where, who decided, how it went. A real link; `onOpen` follows it without a new page. */
export function PastRequest({ past, to, onOpen }: { past: Past; to: string; onOpen?: () => void }) {
  const t = useTranslations("requests");
  const textOf = useFailureText();
  const error = isErrorCode(past.error) ? textOf({ code: past.error, detail: {} }).what : null;
  return (
    <a
      className={classes.past}
      data-refused={isRefused(past) || undefined}
      href={to}
      onClick={(event) => {
        if (!onOpen || event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        onOpen();
      }}
    >
      <span className={classes.what}>
        <Kind kind={past.kind} />
        <span>{[past.groupName || past.groupId, past.botName].filter(Boolean).join(" · ")}</span>
      </span>
      <span className={classes.meta}>
        {past.noteCount > 0 && (
          <span className={classes.notes}>
            <IconNote size={13} stroke={1.8} aria-hidden="true" />
            {t("noteCount", { count: past.noteCount })}
          </span>
        )}
        {past.decidedBy && <span>{past.decidedBy}</span>}
        <RelativeTime at={past.decidedAt ?? past.at} />
        <StateTone state={past.state} verb={verbs.find((verb: Verb) => verb === past.verb)} bare />
      </span>
      {past.reason && <span className={classes.reason}>{t("reasonSaid", { reason: past.reason })}</span>}
      {past.platformText && (
        <span className={classes.reason}>
          {t("platformWords")} <q>{past.platformText}</q>
        </span>
      )}
      {!past.platformText && error && <span className={classes.reason}>{error}</span>}
    </a>
  );
}

/** Denied, as far as the platform carried it out or may have. */
function isRefused({ verb, state }: Past): boolean {
  return verb === "deny" && ["sent", "confirmed", "unknown"].includes(state);
}

/** That and how often this person was refused, with the last time in words: who, where, why. Leads to the rest below. */
export function Refusals({ request }: { request: RequestDetail }) {
  const t = useTranslations("requests");
  const gap = useSentenceGap();
  if (request.refusals === 0) return null;
  const last = request.history.find(isRefused);
  return (
    <div className={classes.refusals}>
      <IconUserX size={16} stroke={1.9} aria-hidden="true" />
      <span>
        <strong>{t("refusedBefore", { count: request.refusals })}</strong>
        {gap}
        {last?.decidedBy &&
          t.rich("refusedLast", {
            by: last.decidedBy,
            where: last.groupName || last.groupId || last.botName,
            time: () => <RelativeTime at={last.decidedAt ?? last.at} />,
          })}
        {gap}
        {last?.reason && <q className={classes.why}>{last.reason}</q>}
      </span>
    </div>
  );
}
