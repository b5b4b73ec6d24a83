"use client";

import { Button, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useMemo, useState } from "react";
import { targetOf } from "@/lib/target";
import type { Bot, Operation } from "../api";
import { FailurePanel } from "../failure-panel";
import { toFailure } from "../failure-shape";
import { Section } from "../page";
import { useTRPC } from "../trpc";
import { Answer } from "./answer";
import classes from "./console.module.css";
import { Facts } from "./facts";
import { beginning, type Json, toSchema } from "./schema";
import { readJson, SchemaField } from "./schema-field";

const none: Readonly<Record<string, string>> = {};

/** One operation: what it is, its form, its call and the answer. `filled` is what the form begins with. */
export function OperationPanel({ bot, operation, filled }: { bot: Bot; operation: Operation; filled: Json }) {
  const t = useTranslations("console");
  const locale = useLocale();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const schema = useMemo(() => toSchema(operation.input), [operation.input]);
  const [value, setValue] = useState<Json>(() => filled ?? beginning(schema) ?? {});
  const [raw, setRaw] = useState<string | null>(null);
  const [confirmed, confirm] = useState("");
  const invoke = useMutation(
    trpc.console.invoke.mutationOptions({
      // A secret must not wait in a cache for somebody to look.
      gcTime: 0,
      onSettled: () => queryClient.invalidateQueries(trpc.console.history.queryFilter({ botId: bot.id })),
    }),
  );
  const failure = invoke.isError ? toFailure(invoke.error) : null;
  const faults = failure?.code === "invalid_input" ? failure.fields : none;
  const typed = raw === null ? null : readJson(raw);
  const isDestructive = operation.risk === "destructive";
  const input = typed ? (typed.value ?? {}) : value;
  const own = targetOf(operation.target, input);
  const target = operation.target.length > 0 ? own : bot.name;
  const isConfirmed = !isDestructive || (target !== null && confirmed.trim() === target);
  const isReady = operation.isOn && (typed?.isValid ?? true) && isConfirmed;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isReady) return;
    const call = { botId: bot.id, operation: operation.operation, input };
    invoke.mutate(isDestructive ? { ...call, target: confirmed } : call);
  };
  const switchTo = (mode: string) => {
    if (mode === "raw") setRaw(JSON.stringify(value, null, 2));
    else if (typed?.isValid) {
      setValue(typed.value ?? {});
      setRaw(null);
    }
  };
  return (
    <>
      <Section title={locale === "zh-CN" ? operation.title.zh : operation.title.en}>
        <div className={classes.stack}>
          <Facts bot={bot} operation={operation} />
          <form className={classes.stack} onSubmit={submit} noValidate>
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
              <Textarea
                label={t("mode.raw")}
                autosize
                minRows={4}
                maxRows={24}
                spellCheck={false}
                classNames={{ input: classes.mono ?? "" }}
                value={raw}
                error={typed?.isValid === false ? t("form.badJson") : undefined}
                onChange={(event) => setRaw(event.currentTarget.value)}
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
                faults={faults}
                isRequired
                value={value}
                onChange={setValue}
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
            {invoke.isError && (
              <FailurePanel error={invoke.error}>
                {Object.keys(faults).length > 0 && (
                  <ul className={classes.faults}>
                    {Object.entries(faults).map(([path, fault]) => (
                      <li key={path}>
                        <code>{path}</code> <span lang="en">{fault}</span>
                      </li>
                    ))}
                  </ul>
                )}
              </FailurePanel>
            )}
            <div>
              <Button type="submit" size="sm" variant="filled" disabled={!isReady} loading={invoke.isPending}>
                {t("send")}
              </Button>
            </div>
          </form>
        </div>
      </Section>
      {invoke.data && (
        <Answer key={invoke.data.eventId} done={invoke.data} botId={bot.id} operation={operation.operation} />
      )}
    </>
  );
}
