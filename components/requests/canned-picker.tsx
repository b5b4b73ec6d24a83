"use client";

import { Button } from "@mantine/core";
import { IconMessage2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { RequestKind, Verb } from "@/lib/request";
import type { CannedRow } from "../api";
import { Menu } from "../menu";
import { useTRPC } from "../trpc";
import classes from "./canned-picker.module.css";

interface CannedPickerProps {
  verb: Verb;
  /** What is decided about; none given: texts for any kind are offered. */
  kinds?: readonly RequestKind[];
  /** The text as it is stored, placeholders and all. */
  onPick: (text: string) => void;
}

const languages = [
  { name: "zh", lang: "zh-CN", field: "textZh" },
  { name: "en", lang: "en", field: "textEn" },
] as const satisfies readonly { name: string; lang: string; field: keyof CannedRow }[];

/** The desk's canned texts that fit a decision, each in the languages it is written in. Nothing to offer draws nothing. */
export function CannedPicker({ verb, kinds = [], onPick }: CannedPickerProps) {
  const t = useTranslations("requests.canned");
  const trpc = useTRPC();
  const texts = useQuery(trpc.texts.list.queryOptions()).data ?? [];
  const fitting = texts.filter(
    (text) =>
      text.verb === verb &&
      (kinds.length === 0 || text.kinds.length === 0 || kinds.every((kind) => text.kinds.includes(kind))),
  );
  if (fitting.length === 0) return null;
  return (
    <Menu position="bottom-end" width={320}>
      <Menu.Target>
        <Button variant="subtle" color="gray" leftSection={<IconMessage2 size={15} stroke={1.7} />}>
          {t("open")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.list}>
        {fitting.map((text) => (
          <div key={text.id}>
            <Menu.Label>{text.title}</Menu.Label>
            {languages.map(({ name, lang, field }) =>
              text[field].trim() === "" ? null : (
                <Menu.Item key={name} onClick={() => onPick(text[field])}>
                  <span className={classes.row}>
                    <span className={classes.language}>{t(name)}</span>
                    <span className={classes.words} lang={lang}>
                      {text[field]}
                    </span>
                  </span>
                </Menu.Item>
              ),
            )}
          </div>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
