// Amounts, which the API counts in millionths of a US dollar.
import { language } from "../i18n/index.js";

export const dollars = (micros) => new Intl.NumberFormat(language.value, { style: "currency", currency: "USD", maximumFractionDigits: 4 }).format(micros / 1_000_000);
