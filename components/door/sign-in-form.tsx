"use client";

import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import { safeNext } from "@/lib/href";
import { FailurePanel } from "../failure-panel";
import classes from "./door.module.css";
import { enterWithPassword } from "./sign-in";

/** E-mail and password. What was typed stays when it fails. */
export function SignInForm({ next }: { next: string | null }) {
  const t = useTranslations("door");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const passwordField = useRef<HTMLInputElement>(null);
  const signIn = useMutation({
    mutationFn: () => enterWithPassword(email, password),
    // A full load: every query starts anew under the new session.
    onSuccess: () => window.location.assign(safeNext(next)),
    onError: () => passwordField.current?.select(),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate();
  };
  return (
    <>
      <h1 className={classes.title}>{t("signIn.title")}</h1>
      <p className={classes.lead}>{t("signIn.lead")}</p>
      <form className={classes.form} onSubmit={submit} method="post">
        <TextInput
          label={t("email")}
          type="email"
          name="email"
          autoComplete="username"
          required
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          ref={passwordField}
          label={t("password")}
          name="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ "aria-label": t("showPassword") }}
        />
        {signIn.isError && <FailurePanel error={signIn.error} />}
        <Button type="submit" size="sm" variant="filled" loading={signIn.isPending || signIn.isSuccess}>
          {t("signIn.submit")}
        </Button>
      </form>
    </>
  );
}
