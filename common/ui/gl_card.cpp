#include "common/ui/gl_card.hpp"

#include <GLFW/glfw3.h>

namespace wardroom::ui {

void* GlCard::make(int width, int height, const std::uint8_t* rgba) {
  GLuint name = 0;
  glGenTextures(1, &name);
  if (name == 0) return nullptr;
  glBindTexture(GL_TEXTURE_2D, name);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
  glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  while (glGetError() != GL_NO_ERROR) {
  }
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, rgba);
  // Larger than the card takes, or no room: nothing is shown rather than something undefined.
  if (glGetError() == GL_NO_ERROR) return reinterpret_cast<void*>(static_cast<std::uintptr_t>(name));
  glDeleteTextures(1, &name);
  return nullptr;
}

void GlCard::destroy(void* id) {
  const auto name = static_cast<GLuint>(reinterpret_cast<std::uintptr_t>(id));
  glDeleteTextures(1, &name);
}

}  // namespace wardroom::ui
