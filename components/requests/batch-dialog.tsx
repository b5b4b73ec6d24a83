"use client";

import { Button } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { skipToken, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { v4 as uuid } from "uuid";
import { unfilled } from "@/lib/placeholder";
import { type Verb, verbs } from "@/lib/request";
import { FailurePanel } from "../failure-panel";
import { Modal } from "../modal";
import { useNames } from "../names";
import { TextBox } from "../text-box";
import { useTRPC } from "../trpc";
import classes from "./batch-dialog.module.css";
import { rememberBatch } from "./batch-own";
import { BatchPreview } from "./batch-preview";
import { CannedPicker } from "./canned-picker";

/** The preview is asked for again when typing pauses, ms. */
const pause = 300;

interface BatchDialogProps {
  verb: Verb;
  /** Requests with the version that was on the screen. */
  ids: ReadonlyMap<string, number>;
  onClose: () => void;
  onStarted: () => void;
}

/** One decision over many: the verb, the reason, and before anything happens what will and what cannot, and how long it takes. */
export function BatchDialog({ verb: first, ids, onClose, onStarted }: BatchDialogProps) {
  const t = useTranslations("requests.batch");
  const list = useNames();
  const label = useTranslations("vocabulary");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [verb, setVerb] = useState(first);
  const [reason, setReason] = useState("");
  // Made once a dialogue: pressed twice, or sent again after a lost answer, it is one batch.
  const [id] = useState<string>(() => uuid());
  const [settledReason] = useDebouncedValue(reason.trim(), pause);

  const byHand = unfilled(reason);
  const input = { verb, reason: settledReason, ids: [...ids.keys()] };
  const preview = useQuery(trpc.batches.preview.queryOptions(byHand.length > 0 ? skipToken : input, { staleTime: 0 }));
  const undoSeconds = useQuery(trpc.preferences.get.queryOptions()).data?.undoSeconds ?? 0;
  const unable = new Set(preview.data?.unable.map((one) => one.id));
  const items = [...ids].filter(([one]) => !unable.has(one)).map(([one, version]) => ({ id: one, version }));
  const isCurrent = preview.isSuccess && !preview.isFetching && settledReason === reason.trim();

  const start = useMutation(
    trpc.batches.start.mutationOptions({
      onSuccess: ({ total }) => {
        rememberBatch({ id, verb, count: total });
        queryClient.invalidateQueries(trpc.batches.pathFilter());
        onStarted();
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    start.mutate({ id, verb, reason: reason.trim(), items });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("title", { count: ids.size })}
      size="lg"
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <form className={classes.form} onSubmit={submit}>
        <fieldset className={classes.verbs}>
          <legend className={classes.hidden}>{t("verb")}</legend>
          {verbs.map((name) => (
            <label key={name} className={classes.verb} data-chosen={name === verb || undefined}>
              <input
                type="radio"
                name="verb"
                value={name}
                checked={name === verb}
                data-autofocus={name === first || undefined}
                onChange={() => setVerb(name)}
              />
              {label(`verb.${name}`)}
            </label>
          ))}
        </fieldset>
        <div className={classes.reason}>
          <div className={classes.picker}>
            <CannedPicker verb={verb} onPick={setReason} />
          </div>
          <TextBox
            label={t(`reason.${verb}`)}
            description={t(`reasonHint.${verb}`)}
            minRows={2}
            maxRows={8}
            maxLength={500}
            value={reason}
            error={byHand.length > 0 && t("fillFirst", { names: list(byHand) })}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </div>
        {byHand.length === 0 && <BatchPreview preview={preview} verb={verb} total={ids.size} />}
        {start.isError && <FailurePanel error={start.error} />}
        <div className={classes.buttons}>
          <span className={classes.hint}>{t("undoHint", { seconds: undoSeconds })}</span>
          <Button size="sm" onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button
            type="submit"
            size="sm"
            variant="filled"
            disabled={!isCurrent || byHand.length > 0 || items.length === 0}
            loading={start.isPending}
          >
            {t("start", { verb: label(`verb.${verb}`), count: isCurrent ? items.length : ids.size })}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
