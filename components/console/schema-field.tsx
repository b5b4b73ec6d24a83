"use client";

import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { nameOf, type Schema } from "@/lib/schema";
import { TextBox } from "../text-box";
import { useFaultText } from "./fault";
import { FileField } from "./file-field";
import classes from "./form.module.css";
import { Group } from "./group";
import { readJson } from "./read-json";
import { beginning, fits, type Json, propertyOf, shapeOf, withProperty } from "./schema";

interface FieldProps {
  schema: Schema;
  value: Json;
  /** `fileName` is that of a file that was chosen. */
  onChange: (value: Json, fileName?: string) => void;
  /** Dotted, as the server names faults; "" is the whole input. */
  path: string;
  faults: Readonly<Record<string, string>>;
  label: string;
  isRequired: boolean;
  /** An object stands in a frame already. */
  isFramed?: boolean;
}

const longText = 200;

/** One value of a form, of whatever shape its schema says: choice, text, number, list, object, or one of several. */
export function SchemaField(props: FieldProps) {
  const { schema } = props;
  if (schema.options) return <UnionField {...props} options={schema.options} />;
  if (schema.properties) return <ObjectField {...props} properties={schema.properties} />;
  if (schema.type === "array") return <ListField {...props} items={schema.items ?? {}} />;
  if (schema.choices || schema.type === "boolean")
    return <ChoiceField {...props} choices={schema.choices ?? [true, false]} />;
  if (schema.file) return <ChosenFile {...props} as={schema.file} />;
  if (schema.type === "string") return <TextField {...props} />;
  if (schema.type === "number" || schema.type === "integer") return <NumberField {...props} />;
  return <JsonField {...props} />;
}

/** What label, hint and fault every field shows. */
function useTexts({ schema, value, path, faults, label, isRequired }: FieldProps) {
  const t = useTranslations("console.form");
  const locale = useLocale();
  const textOf = useFaultText();
  const fault = faults[path];
  const hint = locale === "zh-CN" ? (schema.zh ?? schema.description) : schema.description;
  return {
    label: isRequired ? label : `${label} · ${t("optional")}`,
    description: hint,
    error: fault === undefined ? undefined : textOf(schema, value, fault),
  };
}

function ChosenFile({ as, ...props }: FieldProps & { as: NonNullable<Schema["file"]> }) {
  return <FileField texts={useTexts(props)} as={as} value={props.value} onChange={props.onChange} />;
}

function TextField(props: FieldProps) {
  const { schema, value, onChange, isRequired } = props;
  const shared = {
    ...useTexts(props),
    value: typeof value === "string" ? value : "",
    autoComplete: "off",
    onChange: (event: { currentTarget: { value: string } }) => {
      const text = event.currentTarget.value;
      onChange(text === "" && !isRequired ? undefined : text);
    },
  };
  if ((schema.maxLength ?? 0) > longText) return <TextBox {...shared} minRows={1} maxRows={12} />;
  return <TextInput {...shared} />;
}

function NumberField(props: FieldProps) {
  const { value, onChange } = props;
  return (
    <TextInput
      {...useTexts(props)}
      inputMode="decimal"
      autoComplete="off"
      value={value === undefined || value === null ? "" : String(value)}
      onChange={(event) => {
        const text = event.currentTarget.value;
        // What is no number stays as typed, for the server to say so at this field.
        const isNumber = /^-?\d+(\.\d+)?$/.test(text) && Number.isSafeInteger(Math.trunc(Number(text)));
        onChange(text === "" ? undefined : isNumber ? Number(text) : text);
      }}
    />
  );
}

function ChoiceField({ choices, ...props }: FieldProps & { choices: readonly (string | number | boolean)[] }) {
  const { value, onChange } = props;
  const t = useTranslations("console.form");
  const words = (choice: string | number | boolean) =>
    typeof choice !== "boolean" ? String(choice) : choice ? t("yes") : t("no");
  return (
    <NativeSelect
      {...useTexts(props)}
      value={String(choices.findIndex((choice) => Object.is(choice, value)))}
      data={[
        { value: "-1", label: t("notSet") },
        ...choices.map((choice, index) => ({ value: String(index), label: words(choice) })),
      ]}
      onChange={(event) => onChange(choices[Number(event.currentTarget.value)])}
    />
  );
}

function ObjectField({ properties, ...props }: FieldProps & { properties: Readonly<Record<string, Schema>> }) {
  const { schema, value, onChange, path, faults, isFramed } = props;
  const texts = useTexts(props);
  const fields = Object.entries(properties).map(([name, inner]) => (
    <SchemaField
      key={name}
      schema={inner}
      label={name}
      path={path === "" ? name : `${path}.${name}`}
      faults={faults}
      isRequired={schema.required?.includes(name) ?? false}
      value={propertyOf(value, name)}
      onChange={(changed, fileName) => {
        const next = withProperty(value, name, changed);
        // A file brings its name along where one is asked for.
        const takesName = fileName !== undefined && "name" in properties && propertyOf(value, "name") === undefined;
        onChange(takesName ? withProperty(next, "name", fileName) : next);
      }}
    />
  ));
  if (path === "" || isFramed) return <div className={classes.fields}>{fields}</div>;
  return <Group {...texts}>{fields}</Group>;
}

function ListField({ items, ...props }: FieldProps & { items: Schema }) {
  const { value, onChange, path, faults } = props;
  const t = useTranslations("console.form");
  const texts = useTexts(props);
  const list: Json[] = Array.isArray(value) ? value : [];
  return (
    <Group {...texts}>
      {list.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the items are plain values without any name of their own.
        <div key={index} className={classes.item}>
          <SchemaField
            schema={items}
            label={t("item", { position: index + 1 })}
            path={`${path}.${index}`}
            faults={faults}
            isRequired
            value={item}
            onChange={(changed) => onChange(list.map((one, at) => (at === index ? changed : one)))}
          />
          <Button onClick={() => onChange(list.filter((_, at) => at !== index))}>
            {t("remove", { position: index + 1 })}
          </Button>
        </div>
      ))}
      <div>
        <Button onClick={() => onChange([...list, beginning(items) ?? ""])}>{t("add")}</Button>
      </div>
    </Group>
  );
}

function UnionField({ options, ...props }: FieldProps & { options: readonly Schema[] }) {
  const { value, onChange, label } = props;
  const t = useTranslations("console.form");
  const texts = useTexts(props);
  // Two shapes may be alike until more is filled in: what was chosen holds.
  const [last, choose] = useState(() => shapeOf(options, value));
  const held = options[last];
  // In a list what stood here may have moved on: a shape that the value does not have is not held on to.
  const chosen = value === undefined || (held && fits(held, value)) ? last : shapeOf(options, value);
  const schema = options[chosen] ?? options[0] ?? {};
  return (
    <Group {...texts}>
      <NativeSelect
        label={t("shape")}
        value={String(chosen)}
        data={options.map((one, index) => ({
          value: String(index),
          label: nameOf(one) ?? t("shapeNamed", { position: index + 1 }),
        }))}
        onChange={(event) => {
          const index = Number(event.currentTarget.value);
          choose(index);
          onChange(beginning(options[index] ?? {}));
        }}
      />
      <SchemaField {...props} schema={withoutFixed(schema)} label={label} isFramed />
    </Group>
  );
}

/** The shape without the fields that make it this shape: choosing it has set them. */
function withoutFixed(schema: Schema): Schema {
  if (!schema.properties) return schema;
  const open = Object.entries(schema.properties).filter(
    ([name, one]) => one.choices?.length !== 1 || !schema.required?.includes(name),
  );
  return { ...schema, properties: Object.fromEntries(open) };
}

/** A value the form has no field for. */
function JsonField(props: FieldProps) {
  const { value, onChange } = props;
  const t = useTranslations("console.form");
  const texts = useTexts(props);
  const [text, setText] = useState(() => (value === undefined ? "" : JSON.stringify(value)));
  return (
    <TextBox
      {...texts}
      description={t("other")}
      value={text}
      onChange={(event) => {
        const typed = event.currentTarget.value;
        setText(typed);
        onChange(readJson(typed).value);
      }}
    />
  );
}
