"use client";

import { Skeleton } from "@mantine/core";
import { skipToken, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { accountOf } from "@/lib/applicant";
import { href } from "@/lib/href";
import { risks } from "@/lib/risk";
import { builtInRoleNames } from "@/lib/role";
import type { AuditDetail } from "../api";
import { Drawer } from "../drawer";
import { useFailureText } from "../failure";
import { FailurePanel } from "../failure-panel";
import { isErrorCode } from "../failure-shape";
import { Json } from "../json";
import Link from "../link";
import { ClockTime, ExactTime } from "../relative-time";
import { useTRPC } from "../trpc";
import classes from "./event-drawer.module.css";
import { useActionLabel } from "./labels";
import { OutcomeTone } from "./outcome-tone";

interface EventDrawerProps {
  id: string | null;
  onClose: () => void;
  onOpen: (id: string) => void;
}

/** One event in full: what went in, what was before and after, and everything else the same click caused. */
export function EventDrawer({ id, onClose, onOpen }: EventDrawerProps) {
  const t = useTranslations("audit");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const event = useQuery(trpc.audit.get.queryOptions(id === null ? skipToken : { id }));
  return (
    <Drawer
      opened={id !== null}
      onClose={onClose}
      title={t("event")}
      size="lg"
      closeButtonProps={{ "aria-label": common("close") }}
    >
      {id !== null && event.isPending && <Skeleton height={320} />}
      {event.isError && <FailurePanel error={event.error} />}
      {event.data && <Event event={event.data} onOpen={onOpen} />}
    </Drawer>
  );
}

function Event({ event, onOpen }: { event: AuditDetail; onOpen: (id: string) => void }) {
  const t = useTranslations("audit");
  const label = useTranslations("vocabulary");
  const actionLabel = useActionLabel();
  const textOf = useFailureText();
  const role = builtInRoleNames.find((name) => name === event.role);
  const risk = risks.find((name) => name === event.risk);
  const siblings = event.siblings.filter((sibling) => sibling.id !== event.id);
  return (
    <div className={classes.event}>
      <div className={classes.head}>
        <h3 className={classes.title}>{actionLabel(event.action)}</h3>
        <OutcomeTone outcome={event.outcome} />
      </div>
      {isErrorCode(event.error) && <p className={classes.error}>{textOf({ code: event.error, detail: {} }).what}</p>}
      {event.platformText && (
        <p className={classes.words}>
          {t("platformWords")} <q>{event.platformText}</q>
        </p>
      )}
      {event.hasDrift && <p className={classes.words}>{t("drift")}</p>}
      <dl className={classes.facts}>
        <Fact name={t("fact.at")}>
          <ExactTime at={event.at} />
        </Fact>
        <Fact name={t("fact.who")}>
          {[
            event.actorKind === "operator"
              ? event.actorName
              : label(event.actorKind === "system" ? "actor.system" : "actor.visitor"),
            role && label(`role.${role}`),
          ]
            .filter(Boolean)
            .join(" · ")}
        </Fact>
        {event.address && (
          <Fact name={t("fact.address")}>
            <code>{event.address}</code>
          </Fact>
        )}
        {event.userAgent && <Fact name={t("fact.agent")}>{event.userAgent}</Fact>}
        {event.target && <Fact name={t("fact.target")}>{accountOf(event.target) ?? label("unnamed")}</Fact>}
        {event.bot && (
          <Fact name={t("fact.bot")}>
            <Link href={href.bot(event.bot.id)}>{event.bot.name}</Link>
          </Fact>
        )}
        {event.requestId && (
          <Fact name={t("fact.request")}>
            <Link href={href.requests({ state: "all", open: event.requestId })}>{t("fact.openRequest")}</Link>
          </Fact>
        )}
        {event.groupId && <Fact name={t("fact.group")}>{event.groupId}</Fact>}
        {event.personId && <Fact name={t("fact.person")}>{accountOf(event.personId) ?? label("unnamed")}</Fact>}
        {event.endpoint && (
          <Fact name={t("fact.endpoint")}>
            <code>{event.endpoint}</code>
          </Fact>
        )}
        {risk && <Fact name={t("fact.risk")}>{label(`risk.${risk}`)}</Fact>}
        {event.durationMs !== null && <Fact name={t("fact.duration")}>{t("fact.ms", { ms: event.durationMs })}</Fact>}
        <Fact name={t("fact.click")}>
          <code>{event.correlationId}</code>
        </Fact>
      </dl>
      <section aria-label={t("siblings")}>
        <h4 className={classes.subtitle}>{t("siblings")}</h4>
        {siblings.length === 0 ? (
          <p className={classes.words}>{t("siblingsNone")}</p>
        ) : (
          <ul className={classes.siblings}>
            {siblings.map((sibling) => (
              <li key={sibling.id}>
                <button type="button" className={classes.sibling} onClick={() => onOpen(sibling.id)}>
                  <span className={classes.siblingName}>
                    {actionLabel(sibling.action)} {sibling.endpoint && <code>{sibling.endpoint}</code>}
                  </span>
                  <ClockTime at={sibling.at} />
                  <OutcomeTone outcome={sibling.outcome} bare />
                </button>
              </li>
            ))}
          </ul>
        )}
      </section>
      {event.repeated.length > 0 && <Repeated event={event} />}
      <Part title={t("input")} value={event.input} />
      <Part title={t("before")} value={event.before} />
      <Part title={t("after")} value={event.after} />
    </div>
  );
}

/** The same refusal again, within the minute: the record keeps one event and each time it happened. */
function Repeated({ event }: { event: AuditDetail }) {
  const t = useTranslations("audit");
  const label = useTranslations("vocabulary");
  return (
    <section aria-label={t("repeated")}>
      <h4 className={classes.subtitle}>{t("repeated")}</h4>
      <p className={classes.words}>{t("repeatedText", { count: event.repeated.length })}</p>
      <ul className={`${classes.siblings} ${classes.repeated}`}>
        {event.repeated.map((one) => (
          <li key={one.id} className={classes.repeat}>
            <ExactTime at={one.at} />
            <span className={classes.siblingName}>
              {one.requestId ? (
                <Link href={href.requests({ state: "all", open: one.requestId })}>
                  {one.target ? (accountOf(one.target) ?? label("unnamed")) : t("fact.openRequest")}
                </Link>
              ) : (
                one.target && (accountOf(one.target) ?? label("unnamed"))
              )}
            </span>
            <code title={t("fact.click")}>{one.correlationId.slice(-8)}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Part({ title, value }: { title: string; value: unknown }) {
  if (value === null || value === undefined) return null;
  return (
    <section>
      <h4 className={classes.subtitle}>{title}</h4>
      <Json label={title} value={value} />
    </section>
  );
}
