"use client";

import { Button, TextInput } from "@mantine/core";
import { useTimeZone, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { atHourIn, fromLocalTime, toLocalTime } from "@/lib/local-time";
import dialogue from "../dialogue.module.css";
import { Modal } from "../modal";

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
  const zone = useTimeZone() ?? "UTC";
  const [now] = useState(() => new Date());
  const [value, setValue] = useState(() => toLocalTime(atHourIn(zone, now, 1, 9), zone));
  const [isWrong, setWrong] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const at = fromLocalTime(value, zone);
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
        min={toLocalTime(now, zone)}
        max={toLocalTime(new Date(now.getTime() + most), zone)}
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
