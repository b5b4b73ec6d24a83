"use client";

import { Button, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useState } from "react";
import classes from "./confirm-typed.module.css";
import { FailurePanel } from "./failure-panel";
import { Modal } from "./modal";

interface ConfirmTypedProps {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  /** What will happen, and that it cannot be undone. */
  text: ReactNode;
  /** What has to be typed. */
  name: string;
  /** Of the button that does it. */
  label: string;
  /** Does it. The dialogue closes unless this throws, which is shown in it, or answers null, which was told of (use-act.ts). */
  onConfirm: () => Promise<unknown>;
  /** Further fields, above the one for the name. */
  children?: ReactNode;
  /** Are they filled in? */
  canConfirm?: boolean;
}

/** Asks for a name to be typed before what cannot be undone. */
export function ConfirmTyped({ isOpen, onClose, title, ...rest }: ConfirmTypedProps) {
  const common = useTranslations("common");
  return (
    <Modal opened={isOpen} onClose={onClose} title={title} closeButtonProps={{ "aria-label": common("close") }}>
      <Question {...rest} onClose={onClose} />
    </Modal>
  );
}

/** Drawn anew with each opening, so nothing typed before is left in it. */
function Question(props: Omit<ConfirmTypedProps, "isOpen" | "title">) {
  const { text, name, label, onConfirm, onClose, children, canConfirm = true } = props;
  const t = useTranslations("confirmTyped");
  const common = useTranslations("common");
  const [typed, setTyped] = useState("");
  const [isRunning, setRunning] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const isRight = canConfirm && typed.trim() === name.trim();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!isRight || isRunning) return;
    setRunning(true);
    setError(null);
    try {
      if ((await onConfirm()) !== null) onClose();
    } catch (cause) {
      setError(cause);
    } finally {
      setRunning(false);
    }
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <div className={classes.text}>{text}</div>
      {children}
      <TextInput
        label={t("type", { name })}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {error !== null && <FailurePanel error={error} />}
      <div className={classes.buttons}>
        <Button size="sm" onClick={onClose}>
          {common("cancel")}
        </Button>
        <Button type="submit" size="sm" className={classes.danger} disabled={!isRight} loading={isRunning}>
          {label}
        </Button>
      </div>
    </form>
  );
}
