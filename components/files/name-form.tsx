import { Button, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import { cleanFileName, longestFileName } from "@/lib/file";
import type { FileRow } from "../api";
import dialogue from "../dialogue.module.css";
import { useTRPC } from "../trpc";
import { useAct } from "../use-act";
import { useSettled } from "./use-settled";

interface NameFormProps {
  at: { botId: string; groupId: string; folderId: string | null };
  /** Null: it is for a new folder. */
  file: FileRow | null;
  onClose: () => void;
}

/** A new name for a file, or the name of a new folder. */
export function NameForm({ at, file, onClose }: NameFormProps) {
  const t = useTranslations("files");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const settled = useSettled();
  const [name, setName] = useState(file?.name ?? "");
  const wasSelected = useRef(false);
  const rename = useAct(trpc.files.rename.mutationOptions(settled), {
    done: (_result, { name }) => t("rename.done", { name }),
  });
  const create = useAct(trpc.files.createFolder.mutationOptions(settled), {
    done: (_result, { name }) => t("createFolder.done", { name }),
  });
  const wanted = name.trim();
  const isOdd = wanted !== "" && cleanFileName(wanted) !== wanted;
  const isRunning = rename.isRunning || create.isRunning;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (wanted === "" || wanted === file?.name || isOdd || isRunning) return;
    const { botId, groupId } = at;
    const done = file
      ? await rename.run({ ...at, fileId: file.id, name: wanted })
      : await create.run({ botId, groupId, name: wanted });
    if (done) onClose();
  };
  return (
    <form className={dialogue.form} onSubmit={submit}>
      <TextInput
        label={t("name")}
        data-autofocus
        autoComplete="off"
        maxLength={longestFileName}
        value={name}
        error={isOdd ? t("oddName") : undefined}
        onChange={(event) => setName(event.currentTarget.value)}
        onFocus={({ currentTarget: field }) => {
          if (wasSelected.current) return;
          wasSelected.current = true;
          // What it is called, without the ending, which says what it is.
          const end = field.value.lastIndexOf(".");
          field.setSelectionRange(0, end > 0 ? end : field.value.length);
        }}
      />
      <div className={dialogue.buttons}>
        <Button size="sm" onClick={onClose}>
          {common("cancel")}
        </Button>
        <Button
          type="submit"
          size="sm"
          variant="filled"
          disabled={wanted === "" || isOdd || wanted === file?.name}
          loading={isRunning}
        >
          {file ? t("rename.act") : t("createFolder.act")}
        </Button>
      </div>
    </form>
  );
}
