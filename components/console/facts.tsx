"use client";

import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { permissions } from "@/lib/permissions";
import type { Operation } from "../api";
import classes from "./console.module.css";
import { RiskMark } from "./risk-mark";

const transportNames = { http: "HTTP", ws: "WebSocket" } as const;

/** What is known of an operation before it is called. */
export function Facts({ operation, children }: { operation: Operation; children?: ReactNode }) {
  const t = useTranslations("console");
  const capabilityName = useTranslations("bots");
  const locale = useLocale();
  const permission = permissions[operation.permission];
  return (
    <>
      <div className={classes.row}>
        <RiskMark risk={operation.risk} />
        {operation.isBeyond && <span className={classes.beyond}>{t("beyond")}</span>}
      </div>
      <dl className={classes.facts}>
        <dt>{t("fact.permission")}</dt>
        <dd>{locale === "zh-CN" ? permission.zh : permission.en}</dd>
        <dt>{t("fact.route")}</dt>
        <dd>
          <code>
            {operation.route.method} {operation.route.path}
          </code>
        </dd>
        <dt>{t("fact.transports")}</dt>
        <dd>{operation.transports.map((transport) => transportNames[transport]).join(" / ")}</dd>
        {operation.transports.includes("http") && (
          <>
            <dt>{t("fact.body")}</dt>
            <dd>{t(`body.${operation.body}`)}</dd>
          </>
        )}
        {operation.target.length > 0 && (
          <>
            <dt>{t("fact.target")}</dt>
            <dd>
              {operation.target.map((path) => (
                <code key={path}>{path} </code>
              ))}
            </dd>
          </>
        )}
        <dt>{t("fact.source")}</dt>
        <dd>{operation.source}</dd>
        {operation.capabilities.length > 0 && <dt>{t("fact.capability")}</dt>}
        {operation.capabilities.map((name) => (
          <dd key={name}>
            {capabilityName(`capability.${name}`)} <code>{name}</code>
          </dd>
        ))}
      </dl>
      {children}
      {operation.traps.length > 0 && (
        <div className={classes.traps}>
          <h3 className={classes.subtitle}>{t("traps")}</h3>
          <ul>
            {operation.traps.map((trap) => (
              <li key={trap.en}>{locale === "zh-CN" ? trap.zh : trap.en}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
