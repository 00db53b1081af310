import type { TextRule } from "../../text-rule.ts";
import { environment } from "./environment.ts";
import { credentials } from "./credentials.ts";
import { keychain } from "./keychain.ts";
import { metadata } from "./cloud-metadata.ts";
import { sink } from "./public-sink.ts";
import { channel } from "./chat-sink.ts";
import { dns } from "./dns.ts";
import { files } from "./upload.ts";
import { clipboard } from "./clipboard.ts";

export const exfiltrationRules: readonly TextRule[] = [environment, credentials, keychain, metadata, sink, channel, dns, files, clipboard];
