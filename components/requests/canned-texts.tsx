"use client";

import { Button } from "@mantine/core";
import { IconLanguage, IconTextCaption } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import type { CannedRow, RequestDetail } from "../api";
import { Menu } from "../menu";
import { useTRPC } from "../trpc";
import { languageOf } from "./blanks";
import classes from "./canned-texts.module.css";

type Language = "zh" | "en";

/** The desk's ready answers that fit this kind of request, in the applicant's language as far as it can be guessed. */
export function CannedTexts({ request, onPick }: { request: RequestDetail; onPick: (text: string) => void }) {
  const t = useTranslations("requests.canned");
  const label = useTranslations("vocabulary");
  const trpc = useTRPC();
  const locale = useLocale();
  const [chosen, choose] = useState<Language | null>(null);
  const all = useQuery(trpc.texts.list.queryOptions()).data ?? [];
  const fitting = all.filter(({ kinds }) => kinds.length === 0 || kinds.includes(request.kind));
  if (fitting.length === 0) return null;
  const language = chosen ?? languageOf(request) ?? (locale === "zh-CN" ? "zh" : "en");
  const other = language === "zh" ? "en" : "zh";
  const verbs = [...new Set(fitting.map(({ verb }) => verb))];
  return (
    <Menu position="bottom-end" width={340}>
      <Menu.Target>
        <Button
          className={classes.target}
          variant="subtle"
          color="gray"
          leftSection={<IconTextCaption size={15} stroke={1.8} />}
        >
          {t("open")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.menu}>
        <Menu.Item
          closeMenuOnClick={false}
          leftSection={<IconLanguage size={16} stroke={1.8} />}
          onClick={() => choose(other)}
        >
          {t(`switchTo.${other}`)}
        </Menu.Item>
        <Menu.Divider />
        {verbs.flatMap((verb) => [
          <Menu.Label key={verb}>{label(`verb.${verb}`)}</Menu.Label>,
          ...fitting
            .filter((text) => text.verb === verb)
            .map((text) => (
              <Menu.Item key={text.id} onClick={() => onPick(textIn(text, language))}>
                <span className={classes.title}>{text.title}</span>
                <span className={classes.text} lang={text[language === "zh" ? "textZh" : "textEn"] ? language : other}>
                  {textIn(text, language)}
                </span>
              </Menu.Item>
            )),
        ])}
      </Menu.Dropdown>
    </Menu>
  );
}

/** The text in a language, or in the other one where it exists in that alone. */
function textIn({ textZh, textEn }: CannedRow, language: Language): string {
  return language === "zh" ? textZh || textEn : textEn || textZh;
}
