"use client";

import { useTranslations } from "next-intl";
import { useRef } from "react";
import { flushSync } from "react-dom";
import { placeholderNames, unfilled } from "@/lib/placeholder";
import { useNames } from "../names";
import { TextBox } from "../text-box";
import classes from "./canned-editor.module.css";
import { useExample } from "./example";
import { FilledText } from "./filled-text";

/** As many characters as a reason may have. */
const longest = 500;

interface TextSideProps {
  language: "zh" | "en";
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}

/** A text in one language: chips that put a placeholder where the cursor is, and below it how an applicant would read it. */
export function TextSide({ language, value, error, onChange }: TextSideProps) {
  const t = useTranslations("settings.texts");
  const list = useNames();
  const area = useRef<HTMLTextAreaElement>(null);
  const example = useExample(language);
  const lang = language === "zh" ? "zh-CN" : "en";

  /** Puts `{{word}}` at the cursor; a word that is to be replaced is left selected. */
  const insert = (word: string, isOwn: boolean) => {
    const field = area.current;
    if (!field) return;
    const [start, end] = [field.selectionStart, field.selectionEnd];
    const next = `${value.slice(0, start)}{{${word}}}${value.slice(end)}`;
    if (next.length > longest) return;
    // Drawn at once: the cursor is set in the new value, and before anything that is typed next.
    flushSync(() => onChange(next));
    field.focus();
    if (isOwn) field.setSelectionRange(start + 2, start + 2 + word.length);
    else field.setSelectionRange(start + word.length + 4, start + word.length + 4);
  };

  const open = unfilled(value);
  return (
    <section className={classes.side} aria-label={t(`language.${language}`)}>
      <TextBox
        ref={area}
        label={t(`language.${language}`)}
        lang={lang}
        minRows={4}
        maxRows={10}
        maxLength={longest}
        value={value}
        error={error}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <fieldset className={classes.chips} aria-label={t("insert")}>
        {placeholderNames.map((name) => (
          <button key={name} type="button" className={classes.chip} onClick={() => insert(name, false)}>
            {t(`placeholder.${name}`)}
          </button>
        ))}
        <button type="button" className={classes.chip} data-own onClick={() => insert(t("ownWord"), true)}>
          {t("own")}
        </button>
        <span className={classes.count} data-near={value.length > longest - 50 || undefined}>
          {t("length", { count: value.length, most: longest })}
        </span>
      </fieldset>
      <div className={classes.preview}>
        <span className={classes.previewTitle}>{t("preview")}</span>
        <p className={classes.bubble} lang={lang}>
          {value.trim() === "" ? (
            <span className={classes.hint}>{t("previewEmpty")}</span>
          ) : (
            <FilledText text={value} values={example} />
          )}
        </p>
        {open.length > 0 && <p className={classes.open}>{t("byHand", { names: list(open) })}</p>}
      </div>
    </section>
  );
}
