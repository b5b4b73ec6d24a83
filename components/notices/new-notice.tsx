"use client";

import { ActionIcon, Button, Checkbox, FileButton } from "@mantine/core";
import { IconPhoto, IconX } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { maximumUpload } from "@/lib/file";
import { longestNotice, type NoticeExtra } from "@/lib/notice";
import dialogue from "../dialogue.module.css";
import { useFailureText } from "../failure";
import { FailurePanel } from "../failure-panel";
import { type Failure, toFailure } from "../failure-shape";
import { Modal } from "../modal";
import { useSentenceGap } from "../sentence-gap";
import { TextBox } from "../text-box";
import { useTRPC } from "../trpc";
import { UploadError, upload } from "../upload";
import { useAct } from "../use-act";
import classes from "./notices.module.css";

interface NewNoticeProps {
  at: { botId: string; groupId: string };
  takes: readonly NoticeExtra[];
  onClose: () => void;
}

const switches = ["isPinned", "needsConfirmation", "callsAll"] as const;

/** Writes a notice: its text, and what of the rest the platform takes. */
export function NewNotice({ at, takes, onClose }: NewNoticeProps) {
  const t = useTranslations("notices");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const textOf = useFailureText();
  const gap = useSentenceGap();
  const [text, setText] = useState("");
  const [extras, setExtras] = useState<Partial<Record<(typeof switches)[number], boolean>>>({});
  const [image, setImage] = useState<File | null>(null);
  const [isSending, setSending] = useState(false);
  const [fault, setFault] = useState<Failure | null>(null);
  /** The picture that was taken in already: another try does not bring it again. */
  const taken = useRef<{ file: File; id: string } | null>(null);
  const leaving = useRef<AbortController | null>(null);
  useEffect(() => () => leaving.current?.abort(), []);
  const publish = useAct(
    trpc.notices.publish.mutationOptions({ onSettled: () => queryClient.invalidateQueries(trpc.notices.pathFilter()) }),
    { done: (_result, { left }) => t(left ? "announced" : "published"), isFailureShown: true },
  );
  const failure = publish.error ? toFailure(publish.error) : null;
  // Set, and the members not told of it: publishing it once more would set it twice.
  const isHalf = failure?.code === "partly_done" && failure.detail.left === "announce";
  const bring = async (): Promise<string | undefined> => {
    if (!image) return undefined;
    if (taken.current?.file === image) return taken.current.id;
    leaving.current = new AbortController();
    const { id } = await upload(image, { botId: at.botId, use: "notices.publish", signal: leaving.current.signal });
    taken.current = { file: image, id };
    return id;
  };
  const run = async (left?: "announce") => {
    setSending(true);
    setFault(null);
    try {
      const uploadId = left ? undefined : await bring();
      const notice = { ...at, text: text.trim(), ...extras };
      if (await publish.run({ ...notice, ...(uploadId ? { uploadId } : {}), ...(left ? { left } : {}) })) onClose();
    } catch (error) {
      if (!(error instanceof UploadError)) throw error;
      setFault(error.failure);
    } finally {
      setSending(false);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== "" && !isSending && !isHalf) void run();
  };
  const choose = (file: File | null) => {
    const isLarge = file !== null && file.size > maximumUpload;
    const detail = { limit: maximumUpload };
    setFault(isLarge ? { code: "file_too_large", detail, fields: {}, correlationId: null } : null);
    if (!isLarge) setImage(file);
  };
  return (
    <Modal opened onClose={onClose} title={t("new")} size="lg" closeButtonProps={{ "aria-label": common("close") }}>
      <form className={dialogue.form} onSubmit={submit}>
        <TextBox
          label={t("text")}
          data-autofocus
          minRows={4}
          maxRows={14}
          maxLength={longestNotice}
          readOnly={isHalf}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {takes.includes("image") && (
          <div className={classes.picture}>
            <FileButton accept="image/png,image/jpeg,image/gif,image/webp" onChange={choose}>
              {(props) => (
                <Button {...props} leftSection={<IconPhoto size={16} stroke={1.8} />}>
                  {t("image")}
                </Button>
              )}
            </FileButton>
            {image && (
              <>
                <span className={classes.small}>{image.name}</span>
                <ActionIcon size={30} aria-label={t("noImage")} onClick={() => setImage(null)}>
                  <IconX size={15} stroke={1.8} />
                </ActionIcon>
              </>
            )}
          </div>
        )}
        {switches
          .filter((each) => takes.includes(each))
          .map((each) => (
            <Checkbox
              key={each}
              label={t(each)}
              checked={extras[each] === true}
              onChange={(event) => setExtras({ ...extras, [each]: event.currentTarget.checked })}
            />
          ))}
        {fault && (
          <p className={classes.fault} role="alert">
            {textOf(fault).what}
            {gap}
            {textOf(fault).next}
          </p>
        )}
        {isHalf && (
          <div className={classes.half} role="alert">
            <p>{t("half.set")}</p>
            <p>{t(failure.detail.outcome === "unknown" ? "half.maybe" : "half.untold")}</p>
            {failure.detail.text ? <p className={classes.small}>{String(failure.detail.text)}</p> : null}
          </div>
        )}
        {publish.error && !isHalf && <FailurePanel error={publish.error} />}
        <div className={dialogue.buttons}>
          <Button size="sm" onClick={onClose}>
            {isHalf ? t("half.leave") : common("cancel")}
          </Button>
          {isHalf ? (
            <Button size="sm" variant="filled" loading={isSending} onClick={() => void run("announce")}>
              {t("half.act")}
            </Button>
          ) : (
            <Button type="submit" size="sm" variant="filled" disabled={text.trim() === ""} loading={isSending}>
              {t("publish")}
            </Button>
          )}
        </div>
      </form>
    </Modal>
  );
}
