"use client";

import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useRef } from "react";
import type { RequestDetail } from "../api";
import { FailurePanel } from "../failure-panel";
import { RelativeTime } from "../relative-time";
import { useShortcuts } from "../shell/shortcuts";
import { TextBox } from "../text-box";
import { useTRPC } from "../trpc";
import detail from "./detail.module.css";
import { useDraft } from "./draft";
import { whileOpen } from "./filter";
import classes from "./notes.module.css";

/** What the team tells each other about a request. The applicant never sees it. */
export function Notes({ request }: { request: RequestDetail }) {
  const t = useTranslations("requests");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useDraft(request.id);
  const field = useRef<HTMLTextAreaElement>(null);
  useShortcuts({ n: request.canNote ? whileOpen(request.id, () => field.current?.focus()) : undefined });
  const add = useMutation(
    trpc.requests.note.mutationOptions({
      onSuccess: () => setDraft({ note: "" }),
      onSettled: () => queryClient.invalidateQueries(trpc.requests.get.queryFilter({ id: request.id })),
    }),
  );
  const text = draft.note.trim();
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (text !== "" && !add.isPending) add.mutate({ id: request.id, text });
  };
  if (!request.canNote && request.notes.length === 0) return null;
  return (
    <section className={detail.section} aria-label={t("notes")}>
      <h3 className={detail.sectionTitle}>{t("notes")}</h3>
      {request.notes.length > 0 && (
        <ul className={classes.list}>
          {request.notes.map((note) => (
            <li key={note.id} className={classes.note}>
              <div className={classes.head}>
                <strong>{note.by}</strong> <RelativeTime at={note.at} />
              </div>
              <p className={classes.text}>{note.text}</p>
            </li>
          ))}
        </ul>
      )}
      {request.canNote && (
        <form className={classes.form} onSubmit={submit}>
          <TextBox
            ref={field}
            className={classes.field}
            aria-label={t("noteLabel")}
            placeholder={t("notePlaceholder")}
            minRows={1}
            maxRows={8}
            maxLength={2000}
            value={draft.note}
            onChange={(event) => setDraft({ note: event.currentTarget.value })}
            onKeyDown={(event) => {
              if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit(event);
              else if (event.key === "Escape") event.currentTarget.blur();
            }}
          />
          <Button type="submit" size="sm" disabled={text === ""} loading={add.isPending}>
            {t("noteAdd")}
          </Button>
        </form>
      )}
      {add.isError && <FailurePanel error={add.error} />}
    </section>
  );
}
