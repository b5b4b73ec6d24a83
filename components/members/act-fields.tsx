"use client";

import "@mantine/core/styles/NumberInput.layer.css";

import { Checkbox, NumberInput, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { maximumMute } from "@/lib/member";
import type { MemberActInput, MemberSummary } from "../api";
import { mutePresets } from "./acts";
import { useLength } from "./duration";
import classes from "./members.module.css";

interface ActFieldsProps {
  act: MemberActInput;
  limits: MemberSummary["limits"];
  onChange: (act: MemberActInput) => void;
}

/** What an act takes: how long, which words, whether for good. */
export function ActFields({ act, limits, onChange }: ActFieldsProps) {
  const t = useTranslations("members.act");
  const lengthOf = useLength();
  switch (act.verb) {
    case "mute":
      return (
        <div className={classes.fields}>
          <fieldset className={classes.presets}>
            <legend className={classes.legend}>{t("length")}</legend>
            {mutePresets.map((seconds) => (
              <label key={seconds} className={classes.preset} data-chosen={act.seconds === seconds || undefined}>
                <input
                  type="radio"
                  name="length"
                  checked={act.seconds === seconds}
                  onChange={() => onChange({ verb: "mute", seconds })}
                />
                {lengthOf(seconds)}
              </label>
            ))}
          </fieldset>
          <NumberInput
            label={t("minutes")}
            description={limits.muteStep > 1 ? t("wholeMinutes") : undefined}
            min={1}
            max={maximumMute / 60}
            allowDecimal={false}
            value={Math.ceil(act.seconds / 60)}
            onChange={(value) => {
              const minutes = typeof value === "number" ? Math.min(maximumMute / 60, Math.max(1, value)) : 1;
              onChange({ verb: "mute", seconds: minutes * 60 });
            }}
          />
          {!limits.canLift && <p className={classes.small}>{t("noLift")}</p>}
        </div>
      );
    case "kick":
      return limits.canBlock ? (
        <Checkbox
          label={t("block")}
          description={t("blockText")}
          checked={act.block ?? false}
          onChange={(event) => onChange({ verb: "kick", block: event.currentTarget.checked })}
        />
      ) : null;
    case "card":
      return (
        <TextInput
          label={t("card")}
          description={t("emptyTakesAway")}
          maxLength={100}
          data-autofocus
          value={act.card}
          onChange={(event) => onChange({ verb: "card", card: event.currentTarget.value })}
        />
      );
    case "title":
      return (
        <TextInput
          label={t("title")}
          description={t("emptyTakesAway")}
          maxLength={100}
          data-autofocus
          value={act.title}
          onChange={(event) => onChange({ verb: "title", title: event.currentTarget.value })}
        />
      );
    default:
      return null;
  }
}
