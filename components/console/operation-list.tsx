"use client";

import { TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useLocale, useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import type { Operation } from "../api";
import classes from "./console.module.css";
import { RiskMark } from "./risk-mark";

/** Everything an operation can be found by, in both languages, in small letters. */
function wordsOf({ operation, title, route, capabilities }: Operation): string {
  return [operation, title.zh, title.en, route.path, ...capabilities].join("\n").toLowerCase();
}

/** The operations to choose from. Every word typed has to be found. */
export function OperationList({
  operations,
  chosen,
  onChoose,
}: {
  operations: readonly Operation[];
  chosen: string | null;
  onChoose: (operation: string) => void;
}) {
  const t = useTranslations("console");
  const locale = useLocale();
  const [text, setText] = useState("");
  const indexed = useMemo(() => operations.map((one) => ({ one, words: wordsOf(one) })), [operations]);
  const typed = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = indexed.filter(({ words }) => typed.every((word) => words.includes(word)));
  return (
    <div className={classes.list}>
      <TextInput
        type="search"
        label={t("search")}
        placeholder={t("searchPlaceholder")}
        leftSection={<IconSearch size={15} stroke={1.8} aria-hidden="true" />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <p role="status" className={classes.note}>
        {t("found", { count: found.length })}
      </p>
      {found.length === 0 && <p className={classes.note}>{t("none.text")}</p>}
      <ul className={classes.operations} aria-label={t("list")}>
        {found.map(({ one }) => (
          <li key={one.id}>
            <button
              type="button"
              className={classes.operation}
              aria-current={one.operation === chosen || undefined}
              onClick={() => onChoose(one.operation)}
            >
              <span className={classes.grow}>
                {locale === "zh-CN" ? one.title.zh : one.title.en}
                <code className={classes.code}>{one.operation}</code>
              </span>
              {one.risk !== "read" && <RiskMark risk={one.risk} />}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
