"use client";

import { Button, PasswordInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useFaults } from "../door/faults";
import { FailurePanel } from "../failure-panel";
import { toFailure } from "../failure-shape";
import { Section } from "../page";
import { PasswordRules } from "../password-rules";
import { useSessionInfo } from "../shell/access";
import { useTRPC } from "../trpc";
import classes from "./account-page.module.css";

/** Needs the present password; ends every other session. */
export function ChangePassword() {
  const t = useTranslations("account");
  const door = useTranslations("door");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const session = useSessionInfo();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const change = useMutation(
    trpc.account.changePassword.mutationOptions({
      onSuccess: () => {
        setCurrent("");
        setNext("");
        queryClient.invalidateQueries(trpc.account.sessions.queryFilter());
      },
    }),
  );
  const isWrong = change.isError && toFailure(change.error).code === "bad_credentials";
  const { fields, rest } = useFaults(["password"])(isWrong ? null : change.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({ current, next });
  };
  return (
    <Section title={t("password")} description={t("passwordText")}>
      <form className={classes.form} onSubmit={submit}>
        <input type="hidden" name="username" autoComplete="username" value={session?.operator.email ?? ""} readOnly />
        <PasswordInput
          label={t("current")}
          autoComplete="current-password"
          required
          value={current}
          error={isWrong && t("currentWrong")}
          onChange={(event) => setCurrent(event.currentTarget.value)}
          visibilityToggleButtonProps={{ "aria-label": door("showPassword") }}
        />
        <PasswordInput
          label={door("newPassword")}
          autoComplete="new-password"
          required
          value={next}
          error={fields.password}
          onChange={(event) => setNext(event.currentTarget.value)}
          visibilityToggleButtonProps={{ "aria-label": door("showPassword") }}
        />
        <PasswordRules password={next} about={[session?.operator.name ?? "", session?.operator.email ?? ""]} />
        {rest !== null && <FailurePanel error={rest} />}
        <div className={classes.buttons}>
          <Button type="submit" size="sm" variant="filled" loading={change.isPending}>
            {t("change")}
          </Button>
          <span role="status" className={classes.small}>
            {change.isSuccess && t("changed")}
          </span>
        </div>
      </form>
    </Section>
  );
}
