"use client";

import { Button, Checkbox, Kbd, Switch, Textarea } from "@mantine/core";
import { IconCheck, IconEyeOff, IconX } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useRef, useState } from "react";
import type { Verb } from "@/lib/request";
import type { RequestDetail } from "../api";
import { FailurePanel } from "../failure-panel";
import { toFailure } from "../failure-shape";
import { useAdvances } from "../shell/preferences";
import { useShortcuts } from "../shell/shortcuts";
import { useTRPC } from "../trpc";
import classes from "./decision-box.module.css";
import { useDraft } from "./draft";
import { KeptText } from "./kept-text";
import { TwinChoice } from "./twin-choice";

/** What can be decided about a request, here and now. What the platform cannot do has no button, and the reason is said. */
export function DecisionBox({ request, onNext }: { request: RequestDetail; onNext: () => void }) {
  const t = useTranslations("requests");
  const label = useTranslations("vocabulary");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useDraft(request.id);
  const [isPersonSure, setPersonSure] = useState(false);
  const [isAgain, setAgain] = useState(false);
  const [advances, setAdvances] = useAdvances();
  const reason = useRef<HTMLTextAreaElement>(null);
  const status = useRef<HTMLDivElement>(null);

  const decide = useMutation(
    trpc.requests.decide.mutationOptions({
      onSuccess: (row, { verb }) => {
        queryClient.setQueryData(trpc.requests.get.queryKey({ id: row.id }), (known) => known && { ...known, ...row });
        setDraft({ reason: "" });
        if (status.current) status.current.textContent = t("decided", { verb: label(`verbDone.${verb}`) });
        if (advances) onNext();
      },
      // Right or wrong, what is shown is now old.
      onSettled: () => {
        queryClient.invalidateQueries(trpc.requests.get.queryFilter({ id: request.id }));
        queryClient.invalidateQueries(trpc.requests.list.pathFilter());
        queryClient.invalidateQueries(trpc.requests.counts.pathFilter());
      },
    }),
  );

  const { answers } = request;
  const isUnknown = request.state === "unknown";
  const isBlocked = decide.isPending || (request.hasTwin && !isPersonSure) || (isUnknown && !isAgain);
  const act = (verb: Verb) => {
    decide.mutate({
      id: request.id,
      version: request.version,
      verb,
      ...(verb === "deny" && answers.takesReason ? { reason: draft.reason.trim() } : {}),
      ...(isPersonSure ? { acknowledgeTwin: true } : {}),
      ...(isAgain ? { again: true } : {}),
    });
  };
  const canAct = request.canDecide && !isBlocked;
  useShortcuts({
    a: canAct && answers.approve ? () => act("approve") : undefined,
    d:
      request.canDecide && answers.deny
        ? () => (answers.takesReason ? reason.current?.focus() : canAct && act("deny"))
        : undefined,
    i: request.canDecide && !decide.isPending ? () => act("ignore") : undefined,
  });
  const submitReason = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && canAct && answers.deny) {
      event.preventDefault();
      act("deny");
    } else if (event.key === "Escape") reason.current?.blur();
  };

  const failure = decide.isError ? toFailure(decide.error) : null;
  const isLost = failure?.code === "conflict" || failure?.code === "already_decided";
  if (!request.canDecide) {
    return (
      <div className={classes.after}>
        <div ref={status} className={classes.status} role="status" />
        {decide.isError && <FailurePanel error={decide.error} />}
        <KeptText request={request} draft={draft} onChange={setDraft} isTold={isLost} />
      </div>
    );
  }
  return (
    <section className={classes.box} aria-label={t("decide")}>
      {request.hasTwin && request.twin && <TwinChoice request={request} isSure={isPersonSure} onSure={setPersonSure} />}
      {isUnknown && (
        <div className={classes.notice}>
          <p>{t("unknown.text")}</p>
          <Checkbox
            label={t("unknown.again")}
            checked={isAgain}
            onChange={(event) => setAgain(event.currentTarget.checked)}
          />
        </div>
      )}
      {answers.whyNoDeny && <p className={classes.why}>{t(`whyNoDeny.${answers.whyNoDeny}`)}</p>}
      {answers.deny && answers.takesReason && (
        <Textarea
          ref={reason}
          label={t("reason")}
          description={t("reasonHint")}
          autosize
          minRows={1}
          maxRows={6}
          maxLength={500}
          value={draft.reason}
          onChange={(event) => setDraft({ reason: event.currentTarget.value })}
          onKeyDown={submitReason}
        />
      )}
      {decide.isError && <FailurePanel error={decide.error} />}
      <div className={classes.buttons}>
        {answers.approve && (
          <Button
            size="sm"
            variant="filled"
            leftSection={<IconCheck size={16} stroke={2.2} />}
            rightSection={<Key name="A" />}
            disabled={isBlocked}
            onClick={() => act("approve")}
          >
            {label("verb.approve")}
          </Button>
        )}
        {answers.deny && (
          <Button
            size="sm"
            className={classes.deny}
            leftSection={<IconX size={16} stroke={2.2} />}
            rightSection={<Key name="D" />}
            disabled={isBlocked}
            onClick={() => act("deny")}
          >
            {label("verb.deny")}
          </Button>
        )}
        {request.state !== "ignored" && (
          <Button
            size="sm"
            variant="subtle"
            color="gray"
            className={classes.ignore}
            leftSection={<IconEyeOff size={16} stroke={1.8} />}
            rightSection={<Key name="I" />}
            disabled={decide.isPending}
            onClick={() => act("ignore")}
          >
            {label("verb.ignore")}
          </Button>
        )}
        <Switch
          className={classes.advance}
          label={t("advance")}
          checked={advances}
          onChange={(event) => setAdvances(event.currentTarget.checked)}
        />
      </div>
      <div ref={status} className={classes.status} role="status" />
    </section>
  );
}

/** The key that does the same; not read out, because it is listed in the help. */
function Key({ name }: { name: string }) {
  return (
    <Kbd size="xs" className={classes.key} aria-hidden="true">
      {name}
    </Kbd>
  );
}
