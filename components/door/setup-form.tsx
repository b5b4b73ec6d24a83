"use client";

import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { href } from "@/lib/href";
import { FailurePanel } from "../failure-panel";
import { useTRPC } from "../trpc";
import classes from "./door.module.css";
import { useFaults } from "./faults";
import { PersonFields } from "./person-fields";
import { enterWithPassword } from "./sign-in";

/** Makes the first owner and signs in. The token from the terminal proves that this is who started the desk. */
export function SetupForm() {
  const t = useTranslations("door");
  const trpc = useTRPC();
  const [token, setToken] = useState("");
  const [person, setPerson] = useState({ name: "", email: "", password: "" });
  const create = useMutation(trpc.setup.create.mutationOptions());
  const finish = useMutation({
    mutationFn: async () => {
      await create.mutateAsync({ ...person, token: token.trim() });
      // The owner exists now; if signing in fails the door says so and takes the same password.
      await enterWithPassword(person.email, person.password).catch(() => undefined);
    },
    onSuccess: () => window.location.assign(href.home()),
  });
  const { fields, rest } = useFaults(["token", "name", "email", "password"])(finish.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    finish.mutate();
  };
  return (
    <>
      <h1 className={classes.title}>{t("setup.title")}</h1>
      <p className={classes.lead}>{t("setup.lead")}</p>
      <form className={classes.form} onSubmit={submit} method="post">
        <TextInput
          label={t("setup.token")}
          description={t("setup.tokenHint")}
          name="token"
          autoComplete="off"
          spellCheck={false}
          required
          autoFocus
          value={token}
          error={fields.token}
          onChange={(event) => setToken(event.currentTarget.value)}
        />
        <PersonFields value={person} onChange={setPerson} faults={fields} />
        {rest !== null && <FailurePanel error={rest} />}
        <Button type="submit" size="sm" variant="filled" loading={finish.isPending || finish.isSuccess}>
          {t("setup.submit")}
        </Button>
      </form>
    </>
  );
}
