"use client";

import { useTranslations } from "next-intl";
import { href } from "@/lib/href";
import { type Verb, verbs } from "@/lib/request";
import type { RequestDetail } from "../api";
import { RelativeTime } from "../relative-time";
import detail from "./detail.module.css";
import { useRequestsQuery } from "./filter";
import classes from "./history.module.css";
import { Kind } from "./kind";
import { StateTone } from "./state-tone";

/** What the same person asked before, on every bot the operator may see, and how that ended. */
export function History({ request }: { request: RequestDetail }) {
  const t = useTranslations("requests");
  const { query, open } = useRequestsQuery();
  return (
    <section className={detail.section} aria-label={t("history")}>
      <h3 className={detail.sectionTitle}>{t("history")}</h3>
      {request.history.length === 0 ? (
        <p className={classes.none}>{t("historyNone")}</p>
      ) : (
        <ul className={classes.list}>
          {request.history.map((past) => (
            <li key={past.requestId}>
              <a
                className={classes.past}
                href={href.requests({ ...query, open: past.requestId })}
                onClick={(event) => {
                  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                  event.preventDefault();
                  open(past.requestId);
                }}
              >
                <span className={classes.what}>
                  <Kind kind={past.kind} />
                  <span>{[past.groupName || past.groupId, past.botName].filter(Boolean).join(" · ")}</span>
                </span>
                <span className={classes.meta}>
                  <RelativeTime at={past.at} />
                  {past.decidedBy && <span>{past.decidedBy}</span>}
                  <StateTone state={past.state} verb={verbs.find((verb: Verb) => verb === past.verb)} bare />
                </span>
                {past.reason && <span className={classes.reason}>{t("reasonSaid", { reason: past.reason })}</span>}
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
