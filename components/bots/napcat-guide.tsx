"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { CopyField } from "../copy-field";
import type { Way } from "./connection";
import classes from "./napcat-guide.module.css";

interface NapcatGuideProps {
  way: Way | "";
  /** Known once the bot is saved: NapCat dials, or posts to, an address that carries the bot's id. */
  reverseUrl: string | null;
  postUrl: string | null;
}

/**
 * What to enter on NapCat's side, with the names its WebUI and its `onebot11_<account>.json` use: the kind of network
 * configuration to add, then its fields.
 */
export function NapcatGuide({ way, reverseUrl, postUrl }: NapcatGuideProps) {
  const t = useTranslations("bots.guide");
  return (
    <div className={classes.guide}>
      <p className={classes.lead}>{t("lead")}</p>
      {way === "forward" && (
        <Entry title={t("wsServer")} json="websocketServers">
          <Field name="host">{t("hostText")}</Field>
          <Field name="port">{t("wsPortText")}</Field>
          <Common />
        </Entry>
      )}
      {way === "reverse" && (
        <Entry title={t("wsClient")} json="websocketClients">
          <Field name="url">
            {reverseUrl ? <CopyField label={t("address")} value={reverseUrl} /> : t("afterSaving")}
          </Field>
          <Common />
        </Entry>
      )}
      {way === "http" && (
        <>
          <Entry title={t("httpServer")} json="httpServers">
            <Field name="host">{t("hostText")}</Field>
            <Field name="port">{t("httpPortText")}</Field>
            <Common />
          </Entry>
          <Entry title={t("httpClient")} json="httpClients">
            <Field name="url">{postUrl ? <CopyField label={t("address")} value={postUrl} /> : t("afterSaving")}</Field>
            <Common />
          </Entry>
        </>
      )}
    </div>
  );
}

function Entry({ title, json, children }: { title: string; json: string; children: ReactNode }) {
  return (
    <section className={classes.entry} aria-label={title}>
      <h3 className={classes.title}>
        {title} <code>{json}</code>
      </h3>
      <dl className={classes.list}>
        <Field name="enable">
          <code>true</code>
        </Field>
        {children}
      </dl>
    </section>
  );
}

function Common() {
  const t = useTranslations("bots.guide");
  return (
    <>
      <Field name="token">{t("tokenText")}</Field>
      <Field name="messagePostFormat">
        <code>array</code>
      </Field>
    </>
  );
}

function Field({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.field}>
      <dt>
        <code>{name}</code>
      </dt>
      <dd>{children}</dd>
    </div>
  );
}
