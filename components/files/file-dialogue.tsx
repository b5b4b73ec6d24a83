"use client";

import { Button, NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { FileRow } from "../api";
import { ConfirmTyped } from "../confirm-typed";
import dialogue from "../dialogue.module.css";
import { Modal } from "../modal";
import { useTRPC } from "../trpc";
import { useAct } from "../use-act";
import { NameForm } from "./name-form";
import { useSettled } from "./use-settled";

/** What is asked about, and of what. */
export type FileAct =
  | { do: "createFolder" }
  | { do: "removeFolder"; folder: { id: string; name: string } }
  | { do: "rename" | "move" | "remove"; file: FileRow };

interface At {
  botId: string;
  groupId: string;
  folderId: string | null;
}

interface DialogueProps<A> {
  at: At;
  act: A;
  onClose: () => void;
}

/** The question that an act needs: a name, a folder, or whether it is meant. */
export function FileDialogue({ at, act, onClose }: DialogueProps<FileAct>) {
  const t = useTranslations("files");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const removeFolder = useAct(trpc.files.removeFolder.mutationOptions(useSettled()), {
    done: (_result, { name }) => t("removeFolder.done", { name }),
  });
  if (act.do === "removeFolder") {
    const { id: folderId, name } = act.folder;
    const { botId, groupId } = at;
    return (
      <ConfirmTyped
        isOpen
        onClose={onClose}
        title={t("removeFolder.title")}
        text={t("removeFolder.text")}
        name={name}
        label={t("removeFolder.act")}
        onConfirm={() => removeFolder.run({ botId, groupId, folderId, name })}
      />
    );
  }
  const body = {
    createFolder: act.do === "createFolder" && <NameForm at={at} file={null} onClose={onClose} />,
    rename: act.do === "rename" && <NameForm at={at} file={act.file} onClose={onClose} />,
    move: act.do === "move" && <MoveForm at={at} act={act.file} onClose={onClose} />,
    remove: act.do === "remove" && <RemoveForm at={at} act={act.file} onClose={onClose} />,
  };
  return (
    <Modal opened onClose={onClose} title={t(`${act.do}.title`)} closeButtonProps={{ "aria-label": common("close") }}>
      {body[act.do]}
    </Modal>
  );
}

function MoveForm({ at, act: file, onClose }: DialogueProps<FileRow>) {
  const t = useTranslations("files");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const { botId, groupId, folderId } = at;
  const root = useQuery(trpc.files.list.queryOptions({ botId, groupId, folderId: null }, { staleTime: 10_000 }));
  // Ids of folders begin with a slash or a letter, never with this.
  const nowhere = " ";
  const places = [
    { value: nowhere, label: t("all") },
    ...(root.data?.folders ?? []).map(({ id, name }) => ({ value: id, label: name })),
  ];
  const others = places.filter(({ value }) => value !== (folderId ?? nowhere));
  const [to, setTo] = useState<string | null>(null);
  const chosen = to ?? others[0]?.value;
  const move = useAct(trpc.files.move.mutationOptions(useSettled()), {
    done: () => t("move.done", { name: file.name }),
  });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (chosen === undefined || move.isRunning) return;
    if (await move.run({ ...at, fileId: file.id, to: chosen === nowhere ? null : chosen })) onClose();
  };
  return (
    <form className={dialogue.form} onSubmit={submit}>
      <p className={dialogue.lead}>{others.length > 0 || root.isPending ? file.name : t("move.nowhere")}</p>
      <NativeSelect
        label={t("move.to")}
        data-autofocus
        data={others}
        disabled={others.length === 0}
        value={chosen ?? ""}
        onChange={(event) => setTo(event.currentTarget.value)}
      />
      <div className={dialogue.buttons}>
        <Button size="sm" onClick={onClose}>
          {common("cancel")}
        </Button>
        <Button type="submit" size="sm" variant="filled" disabled={chosen === undefined} loading={move.isRunning}>
          {t("move.act")}
        </Button>
      </div>
    </form>
  );
}

function RemoveForm({ at, act: file, onClose }: DialogueProps<FileRow>) {
  const t = useTranslations("files");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const remove = useAct(trpc.files.remove.mutationOptions(useSettled()), {
    done: () => t("remove.done", { name: file.name }),
  });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (remove.isRunning) return;
    if (await remove.run({ ...at, fileId: file.id })) onClose();
  };
  return (
    <form className={dialogue.form} onSubmit={submit}>
      <p className={dialogue.lead}>{t("remove.text", { name: file.name })}</p>
      <div className={dialogue.buttons}>
        <Button size="sm" data-autofocus onClick={onClose}>
          {common("cancel")}
        </Button>
        <Button type="submit" size="sm" variant="filled" color="red" loading={remove.isRunning}>
          {t("remove.act")}
        </Button>
      </div>
    </form>
  );
}
