"use client";

import { Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import dialogue from "../dialogue.module.css";
import { FailurePanel } from "../failure-panel";
import { Initials } from "../initials";
import { Modal } from "../modal";
import { useSessionInfo } from "../shell/access";
import { TextBox } from "../text-box";
import { useTRPC } from "../trpc";
import classes from "./hand-over.module.css";

interface HandOverProps {
  id: string;
  isOpen: boolean;
  onClose: () => void;
  onHandOver: (operatorId: string, why: string) => void;
}

/** Gives a request to a colleague who may decide it, with words to go with it. Who is at the desk now comes first. */
export function HandOver({ isOpen, onClose, ...rest }: HandOverProps) {
  const t = useTranslations("requests.handOver");
  const common = useTranslations("common");
  return (
    <Modal opened={isOpen} onClose={onClose} title={t("title")} closeButtonProps={{ "aria-label": common("close") }}>
      <Form onClose={onClose} {...rest} />
    </Modal>
  );
}

function Form({ id, onClose, onHandOver }: Omit<HandOverProps, "isOpen">) {
  const t = useTranslations("requests.handOver");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const self = useSessionInfo()?.operator.id;
  const colleagues = useQuery(trpc.requests.colleagues.queryOptions({ id }));
  const [chosen, choose] = useState<string | null>(null);
  const [why, setWhy] = useState("");
  const others = (colleagues.data ?? [])
    .filter((one) => one.id !== self)
    .sort((a, b) => Number(b.isHere) - Number(a.isHere) || a.name.localeCompare(b.name));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (chosen !== null) onHandOver(chosen, why.trim());
  };
  return (
    <form className={dialogue.form} onSubmit={submit}>
      {colleagues.isPending && <Skeleton height={96} role="status" aria-label={common("loading")} />}
      {colleagues.isError && <FailurePanel error={colleagues.error} />}
      {colleagues.isSuccess && others.length === 0 && <p className={dialogue.lead}>{t("nobody")}</p>}
      {others.length > 0 && (
        <fieldset className={classes.people}>
          <legend className={classes.legend}>{t("who")}</legend>
          {others.map((one, at) => (
            <label key={one.id} className={classes.person} data-chosen={chosen === one.id || undefined}>
              <input
                type="radio"
                name="colleague"
                data-autofocus={at === 0 || undefined}
                checked={chosen === one.id}
                onChange={() => choose(one.id)}
              />
              <Initials id={one.id} name={one.name} size={24} />
              <span className={classes.name}>{one.name}</span>
              {one.isHere && <span className={classes.here}>{t("here")}</span>}
            </label>
          ))}
        </fieldset>
      )}
      <TextBox
        label={t("why")}
        description={t("whyHint")}
        minRows={2}
        maxRows={6}
        maxLength={500}
        value={why}
        onChange={(event) => setWhy(event.currentTarget.value)}
      />
      <div className={dialogue.buttons}>
        <Button variant="subtle" color="gray" size="sm" onClick={onClose}>
          {common("cancel")}
        </Button>
        <Button type="submit" variant="filled" size="sm" disabled={chosen === null}>
          {t("submit")}
        </Button>
      </div>
    </form>
  );
}
