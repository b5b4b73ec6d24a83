"use client";

import { TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { paceBounds } from "@/lib/pace";
import type { BotForm } from "./connection";
import classes from "./connection-fields.module.css";

interface PaceFieldsProps {
  value: BotForm["pace"];
  onChange: (value: BotForm["pace"]) => void;
  faults: Partial<Record<string, string>>;
}

const names = ["writeGapMs", "readLimit", "writeLimit"] as const;

/** How hastily the account may act. Each platform begins with what is known to be safe. */
export function PaceFields({ value, onChange, faults }: PaceFieldsProps) {
  const t = useTranslations("bots");
  const gap = Number(value.writeGapMs);
  return (
    <fieldset className={classes.paces}>
      <legend className={classes.legend}>{t("pace.title")}</legend>
      <div className={classes.numbers}>
        {names.map((name) => (
          <TextInput
            key={name}
            label={t(`pace.${name}`)}
            type="number"
            required
            min={paceBounds[name].least}
            max={paceBounds[name].most}
            step={name === "writeGapMs" ? 10 : 1}
            value={value[name]}
            error={faults[name]}
            onChange={(event) => onChange({ ...value, [name]: event.currentTarget.value })}
          />
        ))}
      </div>
      <p className={classes.paceHint}>
        {t("pace.hint", { limit: gap > 0 ? "some" : "none", perMinute: Math.floor(60_000 / (gap || 1)) })}
      </p>
    </fieldset>
  );
}
