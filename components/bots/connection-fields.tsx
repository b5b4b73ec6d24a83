"use client";

import { NativeSelect, PasswordInput, TextInput } from "@mantine/core";
import { IconAlertTriangle, IconArrowsLeftRight, IconPlugConnected, IconPlugConnectedX } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import {
  type BotForm,
  type ConnectionForm,
  deviceKinds,
  type FieldName,
  fieldsOf,
  isLoopback,
  startingAt,
  takesToken,
  type Way,
  ways,
} from "./connection";
import classes from "./connection-fields.module.css";
import { PaceFields } from "./pace-fields";

interface ConnectionFieldsProps {
  value: BotForm;
  onChange: (value: BotForm) => void;
  faults: Partial<Record<string, string>>;
  /** An edit: an empty token keeps the stored one. */
  hasToken: boolean;
}

const icons = {
  forward: IconPlugConnected,
  ws: IconPlugConnected,
  reverse: IconPlugConnectedX,
  http: IconArrowsLeftRight,
};

/** What the form can be told faults of. */
export const botFields = [
  ...["name", "token", "writeGapMs", "readLimit", "writeLimit"],
  ...["userId", "deviceId", "platform", "wsUrl", "httpUrl", "baseUrl", "apiUrl", "pushUrl"].map(
    (name) => `connection.${name}`,
  ),
];

/** Name, way of connecting, token and pace of an account, whatever its platform. */
export function ConnectionFields({ value, onChange, faults, hasToken }: ConnectionFieldsProps) {
  const t = useTranslations("bots");
  const { connection, platform } = value;
  const connect = (patch: Partial<ConnectionForm>) => onChange({ ...value, connection: { ...connection, ...patch } });
  const fields = fieldsOf(platform, connection.way);
  const isExposed = platform === "chat68" && fields.some(({ name }) => !isLoopback(connection[name].trim()));
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
      {ways[platform].length > 0 && (
        <fieldset className={classes.ways}>
          <legend className={classes.legend}>{t("form.way")}</legend>
          {ways[platform].map((way) => (
            <WayOption
              key={way}
              way={way}
              platform={platform}
              isChosen={connection.way === way}
              onChoose={() => connect({ ...startingAt(platform, way), ...typed(connection), way })}
            />
          ))}
        </fieldset>
      )}
      {fields.map(({ name, usual, isOptional }) =>
        name === "platform" ? (
          <NativeSelect
            key={name}
            label={t("form.yunhu.platform")}
            description={t("form.yunhu.platformHint")}
            data={[...deviceKinds]}
            value={connection.platform}
            error={faults["connection.platform"]}
            onChange={(event) => connect({ platform: event.currentTarget.value })}
          />
        ) : (
          <TextInput
            key={name}
            label={t(`form.${labelOf(platform, name)}`)}
            description={t(`form.${labelOf(platform, name)}Hint`)}
            placeholder={usual}
            required={!isOptional}
            autoComplete="off"
            spellCheck={false}
            {...(name.endsWith("Url") ? { inputMode: "url" as const } : {})}
            value={connection[name]}
            error={faults[`connection.${name}`]}
            onChange={(event) => connect({ [name]: event.currentTarget.value })}
          />
        ),
      )}
      {isExposed && (
        <p className={classes.exposed} role="alert">
          <IconAlertTriangle size={17} stroke={1.8} aria-hidden="true" />
          <span>{t("form.chat68.exposed")}</span>
        </p>
      )}
      {takesToken[platform] && (
        <PasswordInput
          label={t("form.token")}
          description={
            hasToken ? t("form.tokenKept") : t(`form.tokenHint.${platform === "yunhu" ? "yunhu" : "napcat"}`)
          }
          placeholder={hasToken ? t("form.tokenPlaceholder") : ""}
          autoComplete="off"
          value={value.token}
          error={faults.token}
          onChange={(event) => onChange({ ...value, token: event.currentTarget.value })}
          visibilityToggleButtonProps={{ "aria-label": t("form.showToken") }}
        />
      )}
      <PaceFields value={value.pace} onChange={(pace) => onChange({ ...value, pace })} faults={faults} />
    </div>
  );
}

/** What was typed stays when another way is looked at. */
function typed({ way: _way, ...fields }: ConnectionForm): Partial<ConnectionForm> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ""));
}

/** Fields of one name mean something else on another platform. */
function labelOf(platform: ConnectionFieldsProps["value"]["platform"], name: Exclude<FieldName, "platform">) {
  switch (name) {
    case "wsUrl":
      return platform === "chat68" ? "chat68.wsUrl" : "napcat.wsUrl";
    case "httpUrl":
      return platform === "chat68" ? "chat68.httpUrl" : "napcat.httpUrl";
    case "baseUrl":
      return "im.baseUrl";
    default:
      return `yunhu.${name}` as const;
  }
}

interface WayOptionProps {
  way: Way;
  platform: ConnectionFieldsProps["value"]["platform"];
  isChosen: boolean;
  onChoose: () => void;
}

function WayOption({ way, platform, isChosen, onChoose }: WayOptionProps) {
  const t = useTranslations("bots");
  const Icon = icons[way];
  const name = platform === "chat68" ? (way === "http" ? "chat68Http" : "ws") : way;
  return (
    <label className={classes.way} data-chosen={isChosen || undefined}>
      <input type="radio" name="way" value={way} checked={isChosen} onChange={onChoose} />
      <Icon className={classes.wayIcon} size={18} stroke={1.6} aria-hidden="true" />
      <span>
        <span className={classes.wayName}>{t(`way.${name}.name`)}</span>
        <span className={classes.wayText}>{t(`way.${name}.text`)}</span>
      </span>
    </label>
  );
}
