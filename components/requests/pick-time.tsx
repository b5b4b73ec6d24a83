"use client";

import { Button, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import dialogue from "../dialogue.module.css";
import { Modal } from "../modal";
import { fromField, toField } from "./moments";

const minute = 60_000;
const most = 90 * 24 * 60 * minute;

interface PickTimeProps {
  isOpen: boolean;
  onClose: () => void;
  onPick: (at: Date) => void;
}

/** A date and a time of one's own choice, up to what the desk keeps things aside for. */
export function PickTime({ isOpen, onClose, onPick }: PickTimeProps) {
  const t = useTranslations("requests.aside");
  const common = useTranslations("common");
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t("pickTitle")}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <Form onClose={onClose} onPick={onPick} />
    </Modal>
  );
}

function Form({ onClose, onPick }: Omit<PickTimeProps, "isOpen">) {
  const t = useTranslations("requests.aside");
  const common = useTranslations("common");
  const [now] = useState(() => new Date());
  const [value, setValue] = useState(() => toField(new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, 9)));
  const [isWrong, setWrong] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const at = fromField(value);
    const ahead = at ? at.getTime() - Date.now() : 0;
    if (at && ahead >= minute && ahead <= most) onPick(at);
    else setWrong(true);
  };
  return (
    <form className={dialogue.form} onSubmit={submit} noValidate>
      <TextInput
        data-autofocus
        type="datetime-local"
        label={t("pickLabel")}
        description={t("pickHint")}
        error={isWrong ? t("pickFault") : undefined}
        min={toField(now)}
        max={toField(new Date(now.getTime() + most))}
        value={value}
        onChange={(event) => {
          setWrong(false);
          setValue(event.currentTarget.value);
        }}
      />
      <div className={dialogue.buttons}>
        <Button variant="subtle" color="gray" size="sm" onClick={onClose}>
          {common("cancel")}
        </Button>
        <Button type="submit" variant="filled" size="sm">
          {t("pickSubmit")}
        </Button>
      </div>
    </form>
  );
}
