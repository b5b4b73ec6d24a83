"use client";

import { PasswordInput, TextInput } from "@mantine/core";
import { IconArrowsLeftRight, IconPlugConnected, IconPlugConnectedX } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import classes from "./connection-fields.module.css";
import { type ConnectionForm, type Transport, transports } from "./transport";

export interface BotForm {
  name: string;
  connection: ConnectionForm;
  token: string;
  /** As typed. */
  writeGapMs: string;
}

/** The pause between two acts of a bot, ms: what a new one starts with, and the most that is taken. */
export const writeGap = { usual: "400", most: 60_000 } as const;

interface ConnectionFieldsProps {
  value: BotForm;
  onChange: (value: BotForm) => void;
  faults: Partial<Record<string, string>>;
  /** An edit: an empty token keeps the stored one. */
  hasToken: boolean;
}

const icons = { forward: IconPlugConnected, reverse: IconPlugConnectedX, http: IconArrowsLeftRight } as const;

/** Name, way of connecting and token of a NapCat. */
export function ConnectionFields({ value, onChange, faults, hasToken }: ConnectionFieldsProps) {
  const t = useTranslations("bots");
  const { connection } = value;
  const gap = Number(value.writeGapMs);
  const connect = (patch: Partial<ConnectionForm>) => onChange({ ...value, connection: { ...connection, ...patch } });
  return (
    <div className={classes.fields}>
      <TextInput
        label={t("form.name")}
        description={t("form.nameHint")}
        required
        maxLength={80}
        autoComplete="off"
        value={value.name}
        error={faults.name}
        onChange={(event) => onChange({ ...value, name: event.currentTarget.value })}
      />
      <fieldset className={classes.ways}>
        <legend className={classes.legend}>{t("form.way")}</legend>
        {transports.map((transport) => (
          <Way
            key={transport}
            transport={transport}
            isChosen={connection.transport === transport}
            onChoose={() => connect({ transport })}
          />
        ))}
      </fieldset>
      {connection.transport === "forward" && (
        <TextInput
          label={t("form.wsUrl")}
          description={t("form.wsUrlHint")}
          placeholder="ws://127.0.0.1:3001"
          required
          autoComplete="off"
          spellCheck={false}
          inputMode="url"
          value={connection.wsUrl}
          error={faults["connection.wsUrl"]}
          onChange={(event) => connect({ wsUrl: event.currentTarget.value })}
        />
      )}
      {connection.transport === "http" && (
        <TextInput
          label={t("form.httpUrl")}
          description={t("form.httpUrlHint")}
          placeholder="http://127.0.0.1:3000"
          required
          autoComplete="off"
          spellCheck={false}
          inputMode="url"
          value={connection.httpUrl}
          error={faults["connection.httpUrl"]}
          onChange={(event) => connect({ httpUrl: event.currentTarget.value })}
        />
      )}
      <PasswordInput
        label={t("form.token")}
        description={hasToken ? t("form.tokenKept") : t("form.tokenHint")}
        placeholder={hasToken ? t("form.tokenPlaceholder") : ""}
        autoComplete="off"
        value={value.token}
        error={faults.token}
        onChange={(event) => onChange({ ...value, token: event.currentTarget.value })}
        visibilityToggleButtonProps={{ "aria-label": t("form.showToken") }}
      />
      <TextInput
        className={classes.pace}
        label={t("form.pace")}
        description={t("form.paceHint", {
          limit: gap > 0 ? "some" : "none",
          perMinute: Math.floor(60_000 / (gap || 1)),
        })}
        type="number"
        required
        min={0}
        max={writeGap.most}
        step={10}
        value={value.writeGapMs}
        error={faults.writeGapMs}
        onChange={(event) => onChange({ ...value, writeGapMs: event.currentTarget.value })}
      />
    </div>
  );
}

function Way({ transport, isChosen, onChoose }: { transport: Transport; isChosen: boolean; onChoose: () => void }) {
  const t = useTranslations("bots");
  const Icon = icons[transport];
  return (
    <label className={classes.way} data-chosen={isChosen || undefined}>
      <input type="radio" name="transport" value={transport} checked={isChosen} onChange={onChoose} />
      <Icon className={classes.wayIcon} size={18} stroke={1.6} aria-hidden="true" />
      <span>
        <span className={classes.wayName}>{t(`way.${transport}.name`)}</span>
        <span className={classes.wayText}>{t(`way.${transport}.text`)}</span>
      </span>
    </label>
  );
}
