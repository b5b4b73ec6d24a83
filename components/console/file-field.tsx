"use client";

import { Button, FileButton, TextInput } from "@mantine/core";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { maximumFile } from "@/lib/file";
import type { Schema } from "@/lib/schema";
import classes from "./form.module.css";
import type { Json } from "./schema";

/** Longer text is the content of a file, which is not drawn into a field. */
const maximumDrawn = 2_000;

/** Text that carries a file: chosen here and sent as base64, or where the row takes one, an address. */
export function FileField({
  texts,
  as,
  value,
  onChange,
}: {
  texts: { label: string; description: string | undefined; error: string | undefined };
  as: NonNullable<Schema["file"]>;
  value: Json;
  /** `name` is that of a file that was chosen. */
  onChange: (value: string | undefined, name?: string) => void;
}) {
  const t = useTranslations("console.file");
  const format = useFormatter();
  const [fault, setFault] = useState<string | null>(null);
  const limit = format.number(maximumFile / 1024 / 1024);
  const choose = async (file: File | null) => {
    if (!file) return;
    if (file.size > maximumFile) return setFault(t("tooLarge", { size: limit }));
    setFault(null);
    const content = toBase64(new Uint8Array(await file.arrayBuffer()));
    onChange(as === "source" ? `base64://${content}` : content, file.name);
  };
  const text = typeof value === "string" ? value : "";
  const isDrawn = text.length <= maximumDrawn;
  const error = fault ?? texts.error;
  return (
    <div className={classes.file}>
      <TextInput
        label={texts.label}
        description={texts.description}
        error={error}
        autoComplete="off"
        readOnly={!isDrawn}
        value={isDrawn ? text : t("content", { size: format.number(Math.round((text.length * 3) / 4 / 1024)) })}
        onChange={(event) => onChange(event.currentTarget.value || undefined)}
      />
      <div className={classes.buttons}>
        <FileButton onChange={(file) => void choose(file)}>
          {(props) => <Button {...props}>{t("choose", { size: limit })}</Button>}
        </FileButton>
        {text !== "" && <Button onClick={() => onChange(undefined)}>{t("remove")}</Button>}
      </div>
    </div>
  );
}

/** In pieces: the arguments of a call are limited. */
function toBase64(bytes: Uint8Array): string {
  const size = 0x8000;
  const parts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
    String.fromCharCode(...bytes.subarray(at * size, (at + 1) * size)),
  );
  return btoa(parts.join(""));
}
