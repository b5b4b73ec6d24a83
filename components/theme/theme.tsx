import {
  type ActionIconProps,
  type AlertProps,
  type ButtonProps,
  type CheckboxProps,
  type CSSVariablesResolver,
  createTheme,
  type DrawerProps,
  type InputProps,
  type InputWrapperProps,
  type KbdProps,
  type MantineColorsTuple,
  type MantineThemeComponent,
  type ModalProps,
  type NativeSelectProps,
  type PasswordInputProps,
  type SkeletonProps,
  type SwitchProps,
  type TextInputProps,
} from "@mantine/core";
import { IconSelector } from "@tabler/icons-react";

/** Warm stone: the paper of the desk. Contrast of text on it is checked by axe in both schemes. */
const stone: MantineColorsTuple = [
  "#faf9f7",
  "#f4f2ee",
  "#e9e6e0",
  "#dad6ce",
  "#bfbab0",
  "#8f8a80",
  "#6b675f",
  "#504d47",
  "#35332f",
  "#1d1c1a",
];

/** Mantine's dark scheme reads this tuple from text (0) to the deepest ground (9). */
const night: MantineColorsTuple = [
  "#ecebe7",
  "#cfccc5",
  "#a9a59c",
  "#87837b",
  "#3d3b38",
  "#2f2e2b",
  "#242321",
  "#191918",
  "#131312",
  "#0d0d0c",
];

/** Iris: the one accent. Not a colour of any state, so it can never be mistaken for "confirmed" or "failed". */
const iris: MantineColorsTuple = [
  "#f0f0fd",
  "#dfdffa",
  "#c0c0f4",
  "#a2a2ef",
  "#8786ea",
  "#6d6ae0",
  "#5a56d2",
  "#4a45bf",
  "#3e3aa1",
  "#2f2c7d",
];

/** For what destroys: Mantine's own red is too light for white words on it. */
const brick: MantineColorsTuple = [
  "#fcebea",
  "#f8d3d0",
  "#f3b5b0",
  "#ec8f88",
  "#df665e",
  "#cf463d",
  "#c2352c",
  "#b3261e",
  "#98201a",
  "#7a1a15",
];

const sans =
  '-apple-system, BlinkMacSystemFont, "Segoe UI Variable Text", "Segoe UI", Inter, Roboto, "Helvetica Neue", Arial, "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", sans-serif';
const mono =
  'ui-monospace, SFMono-Regular, "SF Mono", "Cascadia Mono", Consolas, "Liberation Mono", Menlo, "Noto Sans Mono CJK SC", monospace';

/** Mantine scales its own arrow with the field; this one stays quiet. */
const selectMark = <IconSelector size={15} stroke={1.7} aria-hidden="true" />;

/**
 * What a part is by default. Not Mantine's own `extend`, which does the same but brings the part itself with it, and with
 * the theme onto every page: dialogues, menus and all that floats, before anybody opens one.
 */
function component<Props>(part: { defaultProps: Partial<Props> }): MantineThemeComponent {
  return part;
}

export const theme = createTheme({
  colors: { gray: stone, dark: night, iris, red: brick },
  primaryColor: "iris",
  primaryShade: { light: 7, dark: 6 },
  white: "#ffffff",
  black: "#1d1c1a",
  fontFamily: sans,
  fontFamilyMonospace: mono,
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.25rem" },
  lineHeights: { xs: "1.35", sm: "1.45", md: "1.5", lg: "1.5", xl: "1.4" },
  spacing: { xs: "0.25rem", sm: "0.5rem", md: "0.75rem", lg: "1rem", xl: "1.5rem" },
  radius: { xs: "3px", sm: "5px", md: "7px", lg: "10px", xl: "14px" },
  defaultRadius: "sm",
  headings: {
    fontFamily: sans,
    fontWeight: "600",
    sizes: {
      h1: { fontSize: "1.125rem", lineHeight: "1.4" },
      h2: { fontSize: "0.9375rem", lineHeight: "1.4" },
      h3: { fontSize: "0.875rem", lineHeight: "1.45" },
    },
  },
  cursorType: "pointer",
  focusRing: "auto",
  respectReducedMotion: true,
  components: {
    Button: component<ButtonProps>({ defaultProps: { size: "xs", variant: "default" } }),
    ActionIcon: component<ActionIconProps>({ defaultProps: { variant: "subtle", color: "gray", size: "md" } }),
    TextInput: component<TextInputProps>({ defaultProps: { size: "sm" } }),
    PasswordInput: component<PasswordInputProps>({ defaultProps: { size: "sm" } }),
    NativeSelect: component<NativeSelectProps>({
      defaultProps: { size: "sm", rightSection: selectMark, rightSectionWidth: 28, rightSectionPointerEvents: "none" },
    }),
    Input: component<InputProps>({ defaultProps: { size: "sm" } }),
    // A star on every field of a form in which all are needed says nothing; optional ones say so in their hint.
    InputWrapper: component<InputWrapperProps>({ defaultProps: { withAsterisk: false } }),
    Kbd: component<KbdProps>({ defaultProps: { size: "xs" } }),
    Checkbox: component<CheckboxProps>({ defaultProps: { size: "xs" } }),
    Switch: component<SwitchProps>({ defaultProps: { size: "xs" } }),
    Modal: component<ModalProps>({
      defaultProps: { centered: true, radius: "lg", shadow: "none", overlayProps: { blur: 0 } },
    }),
    Drawer: component<DrawerProps>({ defaultProps: { position: "right", shadow: "none", overlayProps: { blur: 0 } } }),
    Alert: component<AlertProps>({ defaultProps: { radius: "md" } }),
    Skeleton: component<SkeletonProps>({ defaultProps: { radius: "sm" } }),
  },
});

/** Mantine's own tokens, pointed at the desk's palette (global.css), so both draw from one source. */
export const resolveVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: shared,
  dark: shared,
});

const shared = {
  "--mantine-color-body": "var(--gh-surface)",
  "--mantine-color-text": "var(--gh-text)",
  "--mantine-color-dimmed": "var(--gh-text-2)",
  "--mantine-color-placeholder": "var(--gh-text-3)",
  "--mantine-color-anchor": "var(--gh-accent)",
  "--mantine-color-iris-light": "var(--gh-accent-soft)",
  "--mantine-color-iris-light-hover": "var(--gh-selected)",
  "--mantine-color-iris-light-color": "var(--gh-accent)",
  "--mantine-color-default": "var(--gh-surface)",
  "--mantine-color-default-hover": "var(--gh-hover)",
  "--mantine-color-default-color": "var(--gh-text)",
  "--mantine-color-default-border": "var(--gh-line-strong)",
  "--input-bd": "var(--gh-line-control)",
  "--mantine-color-error": "var(--gh-bad)",
  "--mantine-color-disabled": "var(--gh-sunken)",
  "--mantine-color-disabled-color": "var(--gh-text-3)",
  "--mantine-color-disabled-border": "var(--gh-line)",
  "--input-disabled-color": "var(--gh-text-2)",
};
