// The browser comes from the machine; nothing is downloaded at install time.
module.exports = { skipDownload: true };
