"use client";

import { Button, Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { type RequestKind, requestKinds, type Verb, verbs } from "@/lib/request";
import type { CannedRow } from "../api";
import { useFaults } from "../door/faults";
import { FailurePanel } from "../failure-panel";
import { Modal } from "../modal";
import { useTRPC } from "../trpc";
import classes from "./canned-editor.module.css";
import { TextSide } from "./text-side";

const fieldNames = ["title", "textZh", "textEn"];

interface CannedEditorProps {
  /** Null: a new one. */
  text: CannedRow | null;
  onClose: () => void;
}

/** One text to answer with: what it is for, and its words in both languages side by side, each as the applicant sees it. */
export function CannedEditor({ text, onClose }: CannedEditorProps) {
  const t = useTranslations("settings.texts");
  const label = useTranslations("vocabulary");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [title, setTitle] = useState(text?.title ?? "");
  const [verb, setVerb] = useState<Verb>(text?.verb ?? "deny");
  const [kinds, setKinds] = useState<readonly RequestKind[]>(text?.kinds ?? []);
  const [textZh, setZh] = useState(text?.textZh ?? "");
  const [textEn, setEn] = useState(text?.textEn ?? "");
  const save = useMutation(
    trpc.texts.save.mutationOptions({
      onSuccess: onClose,
      onSettled: () => queryClient.invalidateQueries(trpc.texts.pathFilter()),
    }),
  );
  const { fields, rest } = useFaults(fieldNames)(save.error);
  const isEmpty = textZh.trim() === "" && textEn.trim() === "";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ ...(text ? { id: text.id } : {}), title: title.trim(), verb, kinds: [...kinds], textZh, textEn });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={text ? t("edit") : t("add")}
      size="56rem"
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <form className={classes.form} onSubmit={submit}>
        <div className={classes.head}>
          <TextInput
            label={t("name")}
            description={t("nameHint")}
            required
            maxLength={80}
            autoComplete="off"
            data-autofocus
            value={title}
            error={fields.title}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          <NativeSelect
            label={t("verb")}
            description={t("verbHint")}
            value={verb}
            data={verbs.map((name) => ({ value: name, label: label(`verb.${name}`) }))}
            onChange={({ currentTarget: { value } }) => setVerb(verbs.find((name) => name === value) ?? verb)}
          />
        </div>
        <fieldset className={classes.kinds}>
          <legend className={classes.legend}>{t("kinds")}</legend>
          {requestKinds.map((kind) => (
            <Checkbox
              key={kind}
              label={label(`kind.${kind}`)}
              checked={kinds.includes(kind)}
              onChange={(event) =>
                setKinds(event.currentTarget.checked ? [...kinds, kind] : kinds.filter((name) => name !== kind))
              }
            />
          ))}
          <span className={classes.hint}>{kinds.length === 0 && t("kindsNone")}</span>
        </fieldset>
        <div className={classes.sides}>
          <TextSide language="zh" value={textZh} error={fields.textZh} onChange={setZh} />
          <TextSide language="en" value={textEn} error={fields.textEn} onChange={setEn} />
        </div>
        <p className={classes.hint}>{t("sidesHint")}</p>
        {rest !== null && <FailurePanel error={rest} />}
        <div className={classes.buttons}>
          <Button size="sm" onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button type="submit" size="sm" variant="filled" disabled={isEmpty} loading={save.isPending}>
            {common("save")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
