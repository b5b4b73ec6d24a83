"use client";

import { useTranslations } from "next-intl";
import type { HttpCall, SentRequest } from "../api";
import { CopyField } from "../copy-field";
import { Json } from "../json";
import classes from "./console.module.css";
import { toCurl } from "./curl";

/** How each token travels, as one would write it down. */
const tokenLine: Record<HttpCall["token"], string | null> = {
  bearer: "Authorization: Bearer $TOKEN",
  raw: "Authorization: $TOKEN",
  token: "token: $TOKEN",
  none: null,
};

/** The exact request that went out, and the same as a command. */
export function Sent({ request }: { request: SentRequest | null }) {
  const t = useTranslations("console");
  if (!request) return <p className={classes.note}>{t("answer.nothingSent")}</p>;
  const { over, frame, http, isCut } = request;
  return (
    <>
      <h3 className={classes.subtitle}>{t("answer.request")}</h3>
      <p className={classes.note}>{over === "ws" ? t("answer.overWs") : t("answer.overHttp")}</p>
      {over === "ws" && <Json label={t("answer.request")} value={frame} />}
      {over === "ws" && http && <h3 className={classes.subtitle}>{t("answer.sameOverHttp")}</h3>}
      {http && (
        <>
          <code className={classes.wire}>
            {http.method} {http.path}
            {tokenLine[http.token] && `\n${tokenLine[http.token]}`}
            {`\n(${http.kind})`}
          </code>
          {over === "http" && <Json label={t("answer.request")} value={http.content ?? null} />}
          {isCut ? (
            <p className={classes.note}>{t("answer.cut")}</p>
          ) : (
            <>
              <CopyField label={t("curl")} value={toCurl(http)} />
              <p className={classes.note}>{t("curlNote")}</p>
            </>
          )}
        </>
      )}
    </>
  );
}
