"use client";

import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import dialogue from "../dialogue.module.css";
import { Modal } from "../modal";
import { TextBox } from "../text-box";

interface TakeoverProps {
  /** Who holds it now. */
  name: string;
  isOpen: boolean;
  onClose: () => void;
  onTake: (reason: string) => void;
}

/** Asks why a colleague's work is taken over. The reason stands in the record. */
export function Takeover({ name, isOpen, onClose, onTake }: TakeoverProps) {
  const t = useTranslations("requests.takeover");
  const common = useTranslations("common");
  const [reason, setReason] = useState("");
  const said = reason.trim();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (said === "") return;
    setReason("");
    onTake(said);
  };
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t("title", { name })}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <form className={dialogue.form} onSubmit={submit}>
        <p className={dialogue.lead}>{t("text", { name })}</p>
        <TextBox
          data-autofocus
          label={t("reason")}
          description={t("hint")}
          minRows={2}
          maxRows={6}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit(event);
          }}
        />
        <div className={dialogue.buttons}>
          <Button variant="subtle" color="gray" size="sm" onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button type="submit" variant="filled" size="sm" disabled={said === ""}>
            {t("take")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
