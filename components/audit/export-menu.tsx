"use client";

import { Button } from "@mantine/core";
import { IconBraces, IconDownload, IconTable } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { apiPaths } from "@/lib/href";
import type { AuditFilter } from "../api";
import { Menu } from "../menu";
import classes from "./export-menu.module.css";

const formats = [
  { name: "csv", icon: IconTable },
  { name: "jsonl", icon: IconBraces },
] as const;

/** Hands out what the filters show as a file. A form and no fetch: the browser writes it to disk as it arrives, whatever its size. */
export function ExportMenu({ filter }: { filter: AuditFilter }) {
  const t = useTranslations("audit.export");
  const form = useRef<HTMLFormElement>(null);
  const format = useRef<HTMLInputElement>(null);
  const submit = (name: string) => {
    if (!format.current) return;
    format.current.value = name;
    form.current?.requestSubmit();
  };
  return (
    <>
      <form ref={form} method="post" action={apiPaths.exportAudit} hidden>
        <input ref={format} type="hidden" name="format" defaultValue="csv" />
        {Object.entries(filter).map(([name, value]) => (
          <input
            key={name}
            type="hidden"
            name={name}
            value={value instanceof Date ? value.toISOString() : String(value)}
            readOnly
          />
        ))}
      </form>
      <Menu position="bottom-end" width={280}>
        <Menu.Target>
          <Button size="sm" leftSection={<IconDownload size={16} stroke={1.8} />}>
            {t("button")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <p className={classes.text}>{t("text")}</p>
          {formats.map(({ name, icon: Icon }) => (
            <Menu.Item key={name} leftSection={<Icon size={16} stroke={1.7} />} onClick={() => submit(name)}>
              <span className={classes.name}>{t(`${name}.name`)}</span>
              <span className={classes.hint}>{t(`${name}.text`)}</span>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
