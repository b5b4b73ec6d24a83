"use client";

import { PasswordInput, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { PasswordRules } from "../password-rules";

export interface Person {
  name: string;
  email: string;
  password: string;
}

interface PersonFieldsProps {
  value: Person;
  onChange: (value: Person) => void;
  /** Faults of single fields, in words. */
  faults: Partial<Record<keyof Person, string>>;
}

/** Name, e-mail and a new password: what a new operator is made of. */
export function PersonFields({ value, onChange, faults }: PersonFieldsProps) {
  const t = useTranslations("door");
  return (
    <>
      <TextInput
        label={t("name")}
        description={t("nameHint")}
        name="name"
        autoComplete="name"
        required
        maxLength={80}
        value={value.name}
        error={faults.name}
        onChange={(event) => onChange({ ...value, name: event.currentTarget.value })}
      />
      <TextInput
        label={t("email")}
        type="email"
        name="email"
        autoComplete="username"
        required
        value={value.email}
        error={faults.email}
        onChange={(event) => onChange({ ...value, email: event.currentTarget.value })}
      />
      <PasswordInput
        label={t("newPassword")}
        name="password"
        autoComplete="new-password"
        required
        value={value.password}
        error={faults.password}
        onChange={(event) => onChange({ ...value, password: event.currentTarget.value })}
        visibilityToggleButtonProps={{ "aria-label": t("showPassword") }}
      />
      <PasswordRules password={value.password} about={[value.name, value.email]} />
    </>
  );
}
