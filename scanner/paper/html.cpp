#include "scanner/paper/html.h"

#include "ledger/base/text.h"
#include "scanner/paper/html_blocks.h"
#include "scanner/paper/shapes.h"

namespace quarrymark::paper {
namespace {

std::string head_html(const Document& document) {
  // No script-src at all: 'none' of default-src holds for scripts, pictures and connections.
  return cat(
      "<!doctype html>\n<html lang=\"", escaped(document.language),
      "\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src ",
      style_source(),
      "; base-uri 'none'; form-action 'none'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"referrer\" content=\"no-referrer\">\n<title>",
      escaped(document.title), "</title>\n<style>", style_sheet(), "</style>\n</head>\n");
}

std::string banner_html(const Document& document) {
  const Banner& banner = document.banner;
  return cat("<header class=\"banner edge-", colour_name(banner.sign.colour),
             "\">\n<p class=\"kind\">", escaped(document.title), "</p>\n<h1 class=\"",
             colour_name(banner.sign.colour), "\">", sign_html(banner.sign, true), "<span>",
             escaped(banner.heading), "</span></h1>\n<p class=\"sentence\">",
             escaped(banner.sentence), "</p>\n<p class=\"stated\">", escaped(banner.stated_by),
             "</p>\n", lines_html(banner.below),
             "</header>\n<aside class=\"notice\" role=\"note\">\n", lines_html(document.notice),
             "</aside>\n");
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else if (c == '\'')
      out += "&#39;";
    else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
      out += ' ';
    else
      out += c;
  }
  return out;
}

Result<std::string> to_html(const Document& document, std::string_view carried) {
  std::string out = cat(head_html(document), "<body>\n<main>\n", banner_html(document));
  std::size_t number = 0;
  for (const Section& section : document.sections) {
    const std::string id = cat("s", ++number);
    out += cat("<section aria-labelledby=\"", id, "\">\n<h2 id=\"", id, "\">",
               escaped(section.heading), "</h2>\n");
    for (const Block& block : section.blocks) {
      QM_TRY(const std::string html, block_html(block));
      out += html;
    }
    out += "</section>\n";
  }
  out += cat("</main>\n", carried, "\n</body>\n</html>\n");
  return out;
}

}  // namespace quarrymark::paper
