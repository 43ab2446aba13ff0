// Log: one line an event on standard error, `time level area: message`. No customer's words, addresses or secrets in it.
#pragma once

typedef enum LogLevel { LOG_LEVEL_DEBUG, LOG_LEVEL_INFO, LOG_LEVEL_WARNING, LOG_LEVEL_ERROR } LogLevel;

void log_set_level(LogLevel lowest); // default LOG_LEVEL_INFO
void log_debug(const char *area, const char *format, ...) __attribute__((format(printf, 2, 3)));
void log_info(const char *area, const char *format, ...) __attribute__((format(printf, 2, 3)));
void log_warning(const char *area, const char *format, ...) __attribute__((format(printf, 2, 3)));
void log_error(const char *area, const char *format, ...) __attribute__((format(printf, 2, 3)));
