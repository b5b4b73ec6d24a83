"use client";

import { ActionIcon } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { PersonDetail } from "../api";
import { FailurePanel } from "../failure-panel";
import { Section } from "../page";
import { RelativeTime } from "../relative-time";
import { SteadyButton } from "../steady-button";
import { TextBox } from "../text-box";
import { useTRPC } from "../trpc";
import classes from "./person-page.module.css";

/** What operators tell each other about a person. The person never sees it; an own note can be taken away. */
export function PersonNotes({ person, team }: { person: PersonDetail; team: PersonDetail["noting"][number] | null }) {
  const t = useTranslations("people");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { platform, personId, notes } = person;
  const [draft, setDraft] = useState("");
  const onSettled = () => queryClient.invalidateQueries(trpc.people.get.queryFilter({ platform, personId }));
  const add = useMutation(trpc.people.note.mutationOptions({ onSuccess: () => setDraft(""), onSettled }));
  const remove = useMutation(trpc.people.removeNote.mutationOptions({ onSettled }));
  const text = draft.trim();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (team && text !== "" && !add.isPending) add.mutate({ platform, personId, botId: team.id, text });
  };
  if (!team && notes.length === 0) return null;
  const error = add.error ?? remove.error;
  return (
    <Section title={t("notes")} description={t("notesText")}>
      {notes.length > 0 && (
        <ul className={classes.list}>
          {notes.map((note) => (
            <li key={note.id}>
              <div className={classes.head}>
                <strong>{note.by}</strong>
                <span>{note.bot.name}</span>
                <RelativeTime at={note.at} />
                {note.isMine && person.noting.some(({ id }) => id === note.bot.id) && (
                  <ActionIcon
                    size={24}
                    aria-label={t("noteRemove")}
                    loading={remove.isPending && remove.variables.id === note.id}
                    onClick={() => remove.mutate({ platform, personId, botId: note.bot.id, id: note.id })}
                  >
                    <IconTrash size={14} stroke={1.7} />
                  </ActionIcon>
                )}
              </div>
              <p className={classes.words}>{note.text}</p>
            </li>
          ))}
        </ul>
      )}
      {team && (
        <form className={classes.form} onSubmit={submit}>
          <TextBox
            aria-label={t("noteLabel")}
            placeholder={t("notePlaceholder")}
            minRows={2}
            maxRows={8}
            maxLength={2000}
            value={draft}
            onChange={(event) => setDraft(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit(event);
            }}
          />
          <SteadyButton type="submit" size="sm" disabled={text === ""} loading={add.isPending}>
            {t("noteAdd")}
          </SteadyButton>
        </form>
      )}
      {error && <FailurePanel error={error} />}
    </Section>
  );
}
