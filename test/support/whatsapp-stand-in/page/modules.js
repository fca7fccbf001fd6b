import { Chat, Contact, loadEarlierMsgs, Msg, Newsletter, quotedBy } from './chats.js';
import { ask, Cmd, Conn, Socket, Stream } from './connection.js';
import { createWid, MsgKey } from './identity.js';
import { calls, pollVoteTableMode, reactionTableMode } from './incoming.js';
import * as media from './media.js';
import { Collection } from './observable.js';
import { codeLinking, refreshQr } from './pairing.js';
import * as people from './people.js';
import * as sending from './sending.js';

/* The modules of WhatsApp Web that whatsapp-web.js 1.34.7 asks for, by the names it asks for. */

const KEY_BYTES = 32;
const key = () => new Uint8Array(KEY_BYTES).fill(7);
const links = (text) =>
  (typeof text === 'string' ? (text.match(/https?:\/\/\S+/g) ?? []) : []).map((href) => ({ href }));
const none = async () => undefined;

const linking = {
  WAWebSocketModel: { Socket },
  WAWebCmd: { Cmd },
  WAWebConnModel: { Conn },
  WAWebStreamModel: { Stream },
  WAWebOfflineHandler: { OfflineMessageHandler: { getOfflineDeliveryProgress: () => 100 } },
  WAWebAltDeviceLinkingApi: codeLinking,
  WAWebLaunchSocketUtils: { refreshQR: refreshQr },
  WABase64: { encodeB64: (bytes) => btoa(String.fromCharCode(...bytes)) },
  WAWebCompanionRegClientUtils: { DEVICE_PLATFORM: '1' },
  WAWebAdvSignatureApi: {},
  WAWebUserPrefsInfoStore: { waNoiseInfo: { get: async () => ({ staticKeyPair: { pubKey: key() } }) } },
  WAWebSignalStoreApi: {
    waSignalStore: { getRegistrationInfo: async () => ({ identityKeyPair: { pubKey: key() } }) },
  },
  WAWebUserPrefsMultiDevice: { getADVSecretKey: () => btoa(String.fromCharCode(...key())) },
  WAWebMiscBrowserUtils: { info: () => ({ os: 'Linux', name: 'Chrome' }) },
};
Cmd.refreshQR = refreshQr;

const collections = {
  WAWebCollections: {
    Msg,
    Chat,
    Contact,
    WAWebNewsletterCollection: Newsletter,
    Blocklist: new Collection(),
    Label: new Collection(),
    Status: new Collection(),
    ProfilePicThumb: new Collection(),
    BusinessProfile: { find: none },
    GroupMetadata: { update: none },
    WAWebNewsletterMetadataCollection: { update: none },
  },
  WAWebChatGetters: {
    getIsNewsletter: (chat) => chat.id.isNewsletter(),
    getIsBroadcast: (chat) => chat.id.isBroadcast(),
  },
  WAWebFindChatAction: { findOrCreateLatestChat: people.findOrCreateLatestChat },
  WAWebLoadNewsletterPreviewChatAction: { loadNewsletterPreviewChat: none },
  WAWebChatLoadMessages: { loadEarlierMsgs },
  WAWebQuotedMsgModelUtils: { getQuotedMsgObj: quotedBy },
  WAWebCallCollection: calls,
  WAWebAddonReactionTableMode: { reactionTableMode },
  WAWebAddonPollVoteTableMode: { pollVoteTableMode },
  WAWebSyncGatingUtils: { isPlaceholderMessageResendEnabled: () => false },
  WAWebNonMessageDataRequestPlaceholderMessageResendUtils: {
    handlePlaceholderMsgsSeen: (messages) =>
      ask('resend', { ids: messages.map((message) => message.id._serialized) }),
  },
};

const identities = {
  WAWebWidFactory: {
    createWid,
    createWidFromWidLike: createWid,
    asUserWidOrThrow: createWid,
  },
  WAWebMsgKey: MsgKey,
  WAWebWidToJid: { widToUserJid: String, widToGroupJid: String },
  WAWebJidToWid: { userJidToUserWid: createWid },
  WAWebLidMigrationUtils: { toPn: (wid) => people.getPhoneNumber(createWid(wid)) },
  WAWebUserPrefsMeUser: {
    getMaybeMePnUser: people.getMaybeMePnUser,
    getMaybeMeLidUser: people.getMaybeMeLidUser,
  },
  WAWebApiContact: {
    getCurrentLid: people.getCurrentLid,
    getPhoneNumber: people.getPhoneNumber,
    getAlternateUserWid: people.getAlternateUserWid,
  },
  WAWebQueryExistsJob: { queryWidExists: people.queryWidExists },
  WAWebContactGetters: people.contactGetters,
  WAWebFrontendContactGetters: { getIsMyContact: () => false },
};

const messages = {
  WALinkify: { findLink: (text) => links(text)[0], findLinks: links },
  WAWebSendMsgChatAction: { addAndSendMsgToChat: sending.addAndSendMsgToChat },
  WAWebGetEphemeralFieldsMsgActionsUtils: { getEphemeralFields: () => ({}) },
  WAWebMsgReply: { canReplyMsg: () => true },
  WAWebLinkPreviewChatAction: { getLinkPreview: async ({ href }) => ({ data: { title: href } }) },
  WAWebVcardParsingUtils: { parseVcard: () => undefined },
  WAWebSendReactionMsgAction: { sendReactionToMsg: sending.sendReactionToMsg },
  WAWebSendMessageEditAction: { sendMessageEdit: sending.sendMessageEdit },
  WAWebMsgActionCapability: {
    canSenderRevokeMsg: (msg) => msg.id.fromMe,
    canAdminRevokeMsg: () => false,
    canStarMsg: () => false,
  },
  WAWebUpdateUnreadChatAction: { sendSeen: sending.sendSeen },
  WAWebChatClearBridge: { sendClear: sending.sendClear },
  WAWebDeleteChatAction: { sendDelete: sending.sendDelete },
  WAWebChatStateBridge: {
    sendChatStateComposing: (wid) => sending.sendChatState('typing', wid),
    sendChatStateRecording: (wid) => sending.sendChatState('recording', wid),
    sendChatStatePaused: (wid) => sending.sendChatState('paused', wid),
  },
  WAWebPresenceChatAction: { sendPresenceAvailable: none, sendPresenceUnavailable: none },
  WAWebBackendJobsCommon: { mediaTypeFromProtobuf: () => null },
  WAWebE2EProtoUtils: { typeAttributeFromProtobuf: () => 'text' },
  WAWap: { wap: (...parts) => parts, generateId: () => 'id' },
  WADeprecatedSendIq: { deprecatedCastStanza: none },
};
Cmd.sendRevokeMsgs = (chat, list) => sending.deleteMsgs(chat, list, true);
Cmd.sendDeleteMsgs = (chat, list) => sending.deleteMsgs(chat, list, false);
Cmd.archiveChat = async (chat, archive) => chat.set({ archive });
Cmd.markChatUnread = async (chat) => chat.set({ unreadCount: -1 });

const files = {
  WAWebMediaOpaqueData: media.OpaqueData,
  WAWebPrepRawMedia: { prepRawMedia: media.prepRawMedia },
  WAWebMediaStorage: { getOrCreateMediaObject: media.getOrCreateMediaObject },
  WAWebMmsMediaTypes: { msgToMediaType: ({ type }) => type, castToV4: (type) => type },
  WAWebMediaDataUtils: { shouldUseMediaCache: () => false },
  WAWebMediaInMemoryBlobCache: { InMemoryMediaBlobCache: { put() {} } },
  WAWebMediaMmsV4Upload: { uploadMedia: media.uploadMedia, uploadUnencryptedMedia: media.uploadMedia },
  WAWebDownloadManager: {
    downloadManager: { downloadAndMaybeDecrypt: media.downloadAndMaybeDecrypt },
  },
};

const known = new Map(Object.entries({ ...linking, ...collections, ...identities, ...messages, ...files }));

/** As the real page's, it throws for what it does not have. */
export function requireModule(name) {
  if (!known.has(name)) throw new Error(`Requiring unknown module "${name}"`);
  return known.get(name);
}
