"use client";

import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef, useState } from "react";
import type { Schema } from "@/lib/schema";
import { targetOf } from "@/lib/target";
import type { Bot, BotOperation } from "../api";
import { FailurePanel } from "../failure-panel";
import { TextBox } from "../text-box";
import classes from "./console.module.css";
import { FaultList } from "./fault-list";
import { readJson } from "./read-json";
import { refill } from "./refill";
import { beginning, type Json } from "./schema";
import { SchemaField } from "./schema-field";
import type { OperationCall } from "./use-call";

/** The input of an operation as a form or as JSON, what it is done to typed once more where it destroys, and the call. */
export function OperationForm({
  bot,
  operation,
  schema,
  filled,
  call,
}: {
  bot: Bot;
  operation: BotOperation;
  schema: Schema;
  filled: Json;
  call: OperationCall;
}) {
  const t = useTranslations("console");
  const [start] = useState(() => refill(filled ?? beginning(schema) ?? {}));
  const [value, setValue] = useState<Json>(start.value);
  const [raw, setRaw] = useState<string | null>(null);
  const [confirmed, confirm] = useState("");
  const form = useRef<HTMLFormElement>(null);
  const typed = raw === null ? null : readJson(raw);
  const input = typed ? (typed.value ?? {}) : value;
  const isDestructive = operation.risk === "destructive";
  const target = operation.target.length > 0 ? targetOf(operation.target, input) : bot.name;
  const isConfirmed = !isDestructive || (target !== null && confirmed.trim() === target);
  const isReady = operation.isOn && (typed?.isValid ?? true) && isConfirmed;
  const change = (next: Json) => {
    setValue(next);
    call.edit(next);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady) call.start(input, isDestructive ? confirmed : undefined);
  };
  const switchTo = (mode: string) => {
    if (mode === "raw") setRaw(JSON.stringify(value, null, 2));
    else if (typed?.isValid) {
      change(typed.value ?? {});
      setRaw(null);
    }
  };
  useEffect(() => {
    if (call.tries > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [call.tries]);
  return (
    <form ref={form} className={classes.stack} onSubmit={submit} noValidate>
      {start.left.length > 0 && <p className={classes.note}>{t("form.left", { names: start.left.join(", ") })}</p>}
      <NativeSelect
        size="xs"
        label={t("mode.label")}
        value={raw === null ? "form" : "raw"}
        data={[
          { value: "form", label: t("mode.form") },
          { value: "raw", label: t("mode.raw") },
        ]}
        onChange={(event) => switchTo(event.currentTarget.value)}
      />
      {raw !== null && (
        <TextBox
          label={t("mode.raw")}
          minRows={4}
          maxRows={24}
          spellCheck={false}
          inputClassName={classes.mono}
          value={raw}
          error={typed?.isValid === false ? t("form.badJson") : undefined}
          onChange={(event) => {
            const text = event.currentTarget.value;
            setRaw(text);
            const read = readJson(text);
            if (read.isValid) call.edit(read.value ?? {});
          }}
        />
      )}
      {raw === null && schema.properties && Object.keys(schema.properties).length === 0 && (
        <p className={classes.note}>{t("form.nothing")}</p>
      )}
      {raw === null && (
        <SchemaField
          schema={schema}
          label={operation.operation}
          path=""
          faults={call.faults}
          isRequired
          value={value}
          onChange={change}
        />
      )}
      {isDestructive && (
        <TextInput
          label={target === null ? t("targetMissing") : t("target", { name: target })}
          autoComplete="off"
          disabled={target === null}
          value={confirmed}
          onChange={(event) => confirm(event.currentTarget.value)}
        />
      )}
      <FaultList schema={schema} value={input} faults={call.faults} />
      {call.error !== null && <FailurePanel error={call.error} />}
      <div>
        <Button type="submit" size="sm" variant="filled" disabled={!isReady} loading={call.isPending}>
          {t("send")}
        </Button>
      </div>
    </form>
  );
}
