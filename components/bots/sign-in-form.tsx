"use client";

import { Button, Checkbox, PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useState } from "react";
import { useFaults } from "../door/faults";
import { FailurePanel } from "../failure-panel";
import { toFailure } from "../failure-shape";
import { useTRPC } from "../trpc";
import { type BotForm, toConnection, toPace } from "./connection";
import { botFields } from "./connection-fields";
import classes from "./sign-in-form.module.css";
import { type Method, SignInMethods } from "./sign-in-methods";

interface SignInFormProps {
  /** A bot that exists and is signed in again; without it one is being made. */
  id?: string;
  form: BotForm;
  /** Account and password are kept for it. */
  hasPassword: boolean;
  submit: string;
  onDone: (id: string) => void;
  /** The fields of the bot itself, above the signing in, given the faults that are theirs. */
  children?: (faults: Partial<Record<string, string>>) => ReactNode;
}

const blank = {
  ...{ account: "", password: "", email: "", mobile: "", code: "", inviteCode: "" },
  ...{ keepsPassword: false, mayRegister: false },
};
const fields = [
  ...botFields,
  ...["answer.account", "answer.password", "answer.email", "answer.mobile", "answer.code", "answer.inviteCode"],
  ...["start.email", "start.mobile", "mayRegister"],
];

/** Signs an account in over there. What is typed is sent once; it leaves the form, and this page's memory, with the answer. */
export function SignInForm({ id, form, hasPassword, submit, onDone, children }: SignInFormProps) {
  const t = useTranslations("bots.signIn");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [method, setMethod] = useState<Method>(hasPassword ? "kept" : "password");
  const [typed, setTyped] = useState(blank);
  const change = (patch: Partial<typeof blank>) => setTyped((before) => ({ ...before, ...patch }));
  const where = {
    ...(id === undefined ? {} : { id }),
    platform: form.platform,
    connection: toConnection(form.platform, form.connection),
  };
  const start = useMutation(trpc.bots.signInStart.mutationOptions({ gcTime: 0 }));
  const isPictured = method === "password" || method === "kept";
  const ask = () => {
    change({ code: "" });
    if (isPictured) start.mutate({ ...where, start: { method: "password" } });
    else if (method === "email") start.mutate({ ...where, start: { method, email: typed.email.trim() } });
    else start.mutate({ ...where, start: { method: "mobile", mobile: typed.mobile.trim() } });
  };
  const finish = useMutation(
    trpc.bots.signIn.mutationOptions({
      gcTime: 0,
      onSuccess: async (signedIn) => {
        setTyped(blank);
        start.reset();
        await queryClient.invalidateQueries(trpc.bots.pathFilter());
        onDone(signedIn.id);
      },
      onError: (error) => {
        // A picture is good for one try; a code that was sent may have been mistyped.
        if (isPictured && toFailure(error).code === "platform_refused") ask();
      },
    }),
  );
  const { fields: faults, rest } = useFaults(fields)(finish.error ?? start.error);
  const failed = rest === null ? null : toFailure(rest);
  const words = failed && typeof failed.detail.text === "string" ? failed.detail.text : null;
  const picture = start.data?.type === "picture" ? start.data : null;
  const isSent = start.data?.type === "sent";
  const choose = (next: Method) => {
    setMethod(next);
    change({ code: "", password: "" });
    start.reset();
    finish.reset();
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!picture && !isSent) return ask();
    const code = typed.code.trim();
    const key = picture?.key ?? "";
    const inviteCode = typed.inviteCode.trim() || undefined;
    const answers = {
      password: () =>
        ({ method: "password", account: typed.account.trim(), password: typed.password, key, code }) as const,
      kept: () => ({ method: "kept", key, code }) as const,
      email: () => ({ method: "email", email: typed.email.trim(), code, inviteCode }) as const,
      mobile: () => ({ method: "mobile", mobile: typed.mobile.trim(), code, inviteCode }) as const,
    };
    const { keepsPassword, mayRegister } = typed;
    const rest = { keepsPassword: method === "password" && keepsPassword, mayRegister: !isPictured && mayRegister };
    finish.mutate({ ...where, ...rest, name: form.name, ...toPace(form.pace), answer: answers[method]() });
  };
  return (
    <form onSubmit={send} className={classes.form}>
      {children?.(faults)}
      <SignInMethods value={method} onChange={choose} hasKept={hasPassword} />
      {method === "password" && (
        <>
          <TextInput
            label={t("account")}
            required
            autoComplete="off"
            spellCheck={false}
            value={typed.account}
            error={faults["answer.account"]}
            onChange={(event) => change({ account: event.currentTarget.value })}
          />
          <PasswordInput
            label={t("password")}
            required
            autoComplete="off"
            value={typed.password}
            error={faults["answer.password"]}
            onChange={(event) => change({ password: event.currentTarget.value })}
            visibilityToggleButtonProps={{ "aria-label": t("showPassword") }}
          />
          <Checkbox
            label={t("keep")}
            description={t("keepText")}
            checked={typed.keepsPassword}
            onChange={(event) => change({ keepsPassword: event.currentTarget.checked })}
          />
        </>
      )}
      {!isPictured && (
        <>
          <TextInput
            label={t(method)}
            required
            type={method === "email" ? "email" : "tel"}
            autoComplete="off"
            value={typed[method]}
            error={faults[`start.${method}`] ?? faults[`answer.${method}`]}
            onChange={(event) => change({ [method]: event.currentTarget.value })}
          />
          <Checkbox
            label={t("mayRegister")}
            description={t("mayRegisterText")}
            required
            checked={typed.mayRegister}
            error={faults.mayRegister}
            onChange={(event) => change({ mayRegister: event.currentTarget.checked })}
          />
          <TextInput
            label={t("inviteCode")}
            description={t("inviteCodeText")}
            autoComplete="off"
            spellCheck={false}
            maxLength={50}
            value={typed.inviteCode}
            error={faults["answer.inviteCode"]}
            onChange={(event) => change({ inviteCode: event.currentTarget.value })}
          />
        </>
      )}
      {picture && (
        // biome-ignore lint/performance/noImgElement: a picture of a moment, out of the answer itself
        <img className={classes.picture} src={`data:${picture.mime};base64,${picture.base64}`} alt={t("picture")} />
      )}
      {isSent && (
        <p role="status" className={classes.sent}>
          {t("sent")}
        </p>
      )}
      {(picture || isSent) && (
        <TextInput
          label={isPictured ? t("characters") : t("code")}
          required
          autoComplete="off"
          spellCheck={false}
          value={typed.code}
          error={faults["answer.code"]}
          onChange={(event) => change({ code: event.currentTarget.value })}
        />
      )}
      {rest !== null && <FailurePanel error={rest}>{words && <q className={classes.words}>{words}</q>}</FailurePanel>}
      <div className={classes.buttons}>
        {(picture || isSent) && (
          <Button type="submit" size="sm" variant="filled" loading={finish.isPending}>
            {submit}
          </Button>
        )}
        <Button
          {...(picture || isSent ? { onClick: ask } : { type: "submit", variant: "filled" })}
          size="sm"
          loading={start.isPending}
        >
          {isPictured && (picture ? t("anotherPicture") : t("showPicture"))}
          {!isPictured && (isSent ? t("sendAgain") : t("sendCode"))}
        </Button>
      </div>
    </form>
  );
}
