#include "api/document/document.h"

#include "api/document/make_document.h"
#include "scanner/carrier/carrier.h"
#include "scanner/paper/html.h"
#include "scanner/paper/pdf.h"

namespace quarrymark::document {

Result<std::string> html_of(const custody::Report& report, const Presentation& presentation,
                            std::string_view passport) {
  return paper::to_html(make_document(report, presentation, passport),
                        carrier::html_element(passport));
}

Result<std::string> pdf_of(const custody::Report& report, const Presentation& presentation,
                           std::string_view passport) {
  const paper::Document made = make_document(report, presentation, passport);
  QM_TRY(const std::string drawn, paper::to_pdf(made));
  return carrier::put_into_pdf(drawn, passport, {made.language, made.date});
}

}  // namespace quarrymark::document
